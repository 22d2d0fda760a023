import type { Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { Challenge, PhoneCodes } from '../model.ts';
import { codesKey, expiry, toCodes } from './codes.ts';
import {
  findItem,
  type Item,
  identityTable,
  type Key,
  putItem,
  putNew,
  putNext,
  updateItem,
} from './table.ts';

const challengeKey = (challengeId: string): Key => ({ pk: `CHALLENGE#${challengeId}`, sk: 'CHALLENGE' });

/** Where a challenge leads: to a code of a line, and to one of those who wait with it. */
export interface ChallengePlace {
  readonly challengeId: string;
  readonly phone: string;
  readonly line: string;
  readonly codeId: string;
  readonly by: string;
}

const placeItem = ({ challengeId, ...place }: ChallengePlace, now: Instant): Item => ({
  ...challengeKey(challengeId),
  ...place,
  expiresAtSec: expiry(now),
});

export interface CodeSent {
  readonly before: PhoneCodes;
  readonly after: PhoneCodes & { readonly challenge: Challenge };
  readonly by: string;
  readonly now: Instant;
}

/** A code more in the line, and the challenge of whoever asked, unless they have it already. */
export const codeSentWrites = (rt: Runtime, { before, after, by, now }: CodeSent): Write[] => {
  const { hold: _, ...next } = after;
  const { phone, line, challenge } = next;
  const asker = challenge.askers[by];
  const known = before.challenge?.id === challenge.id && before.challenge.askers[by] !== undefined;
  return [
    putNext(rt, { ...codesKey(phone, line), ...next, expiresAtSec: expiry(now) }, before.version),
    ...(asker && !known
      ? [
          putNew(
            rt,
            placeItem({ challengeId: asker.challengeId, phone, line, codeId: challenge.id, by }, now),
          ),
        ]
      : []),
  ];
};

/** The phone and line a challenge was made for. */
export const findChallenge = async (
  rt: Runtime,
  challengeId: string,
): Promise<ChallengePlace | undefined> => {
  const item = await findItem(rt, challengeKey(challengeId));
  if (item?.codeId === undefined) return undefined;
  const { phone, line, codeId, by } = item;
  return { challengeId, phone: String(phone), line: String(line), codeId: String(codeId), by: String(by) };
};

const OPEN = 'challenge.id = :id AND attribute_not_exists(challenge.usedAt) AND challenge.expiresAt > :now';

/**
 * Counts a guess before it is judged: however many come at once, no more are judged than a challenge has attempts, and those
 * who joined have between them. Undefined when the challenge takes no more guesses.
 */
export const countAttempt = async (
  rt: Runtime,
  { challengeId, phone, line, codeId, by }: ChallengePlace,
  now: Instant,
): Promise<Challenge | undefined> => {
  const joined = challengeId !== codeId;
  const counted = await updateItem(rt, {
    Key: codesKey(phone, line),
    UpdateExpression:
      'SET challenge.askers.#by.attempts = challenge.askers.#by.attempts + :one, #version = #version + :one' +
      (joined ? ', challenge.joinedAttempts = challenge.joinedAttempts + :one' : ''),
    ConditionExpression:
      `${OPEN} AND challenge.askers.#by.challengeId = :challenge` +
      ' AND challenge.askers.#by.attempts < challenge.most.attempts' +
      (joined ? ' AND challenge.joinedAttempts < challenge.most.joinedAttempts' : ''),
    ExpressionAttributeNames: { '#version': 'version', '#by': by },
    ExpressionAttributeValues: { ':one': 1, ':id': codeId, ':challenge': challengeId, ':now': now },
    ReturnValues: 'ALL_NEW',
  });
  return counted && toCodes(phone, line, counted).challenge;
};

/** Uses a code up, for all who wait with it; its condition fails for whoever comes second. */
export const useChallengeWrite = (
  rt: Runtime,
  { phone, line, codeId }: ChallengePlace,
  now: Instant,
): Write => ({
  Update: {
    TableName: identityTable(rt),
    Key: { ...codesKey(phone, line) },
    UpdateExpression: 'SET challenge.usedAt = :now, settledAt = :now, #version = #version + :one',
    ConditionExpression: 'challenge.id = :id AND attribute_not_exists(challenge.usedAt)',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':one': 1, ':id': codeId, ':now': now },
  },
});

/**
 * One more who waits with a code that lives; nothing is sent. Added without a version, so that many may come at once. False
 * when the code has gone, or as many wait with it as may.
 */
export const joinCode = async (
  rt: Runtime,
  place: ChallengePlace,
  { most, now }: { most: number; now: Instant },
): Promise<boolean> => {
  // Worth nothing without its place among the askers.
  await putItem(rt, placeItem(place, now));
  const joined = await updateItem(rt, {
    Key: codesKey(place.phone, place.line),
    UpdateExpression: 'SET challenge.askers.#by = :asker, #version = #version + :one',
    ConditionExpression: `${OPEN} AND attribute_not_exists(challenge.askers.#by) AND size(challenge.askers) < :most`,
    ExpressionAttributeNames: { '#version': 'version', '#by': place.by },
    ExpressionAttributeValues: {
      ':asker': { challengeId: place.challengeId, attempts: 0 },
      ':one': 1,
      ':id': place.codeId,
      ':now': now,
      ':most': most,
    },
  });
  return joined !== undefined;
};
