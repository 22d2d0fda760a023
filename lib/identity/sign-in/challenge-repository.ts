import type { Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import type { Write } from '../../platform/storage/write.ts';
import { identityTable, putItem, updateItem } from '../core/table-repository.ts';
import { type Challenge, type ChallengePlace, challengePlaceSchema, type PhoneCodes } from '../model.ts';
import { expiry, phoneCodes } from './code-repository.ts';

const CHALLENGE = 'CHALLENGE#';

export const challengePlaces = defineEntity({
  table: 'identity',
  name: 'identity.challenge-place',
  key: ({ challengeId }: Pick<ChallengePlace, 'challengeId'>) => ({
    pk: CHALLENGE + challengeId,
    sk: 'CHALLENGE',
  }),
  schema: challengePlaceSchema,
  inKey: { attributes: ['challengeId'], read: ({ pk }) => ({ challengeId: pk.slice(CHALLENGE.length) }) },
});

export interface CodeSent {
  readonly before: PhoneCodes;
  readonly after: PhoneCodes & { readonly challenge: Challenge };
  readonly by: string;
  readonly now: Instant;
}

/** One more code in the line, and the requester's challenge, unless they have it already. */
export const codeSentWrites = (rt: Runtime, { before, after, by, now }: CodeSent): Write[] => {
  const { hold: _, ...next } = after;
  const { phone, line, challenge } = next;
  const asker = challenge.askers[by];
  const known = before.challenge?.id === challenge.id && before.challenge.askers[by] !== undefined;
  const { challengeId } = asker ?? {};
  const place = challengeId !== undefined && !known && { challengeId, phone, line, codeId: challenge.id, by };
  return [
    phoneCodes.next(rt, before, next, { expiresAtSec: expiry(now) }),
    ...(place ? [challengePlaces.putNew(rt, place, { expiresAtSec: expiry(now) })] : []),
  ];
};

/** The phone and line a challenge was made for. */
export const findChallenge = (rt: Runtime, challengeId: string): Promise<ChallengePlace | undefined> =>
  challengePlaces.find(rt, { challengeId });

const OPEN = 'challenge.id = :id AND attribute_not_exists(challenge.usedAt) AND challenge.expiresAt > :now';

/**
 * Counts a guess before it is checked: however many come at once, no more are checked than a challenge has attempts, and those
 * who joined have between them. Undefined when the challenge takes no more guesses.
 */
export const countAttempt = async (
  rt: Runtime,
  { challengeId, phone, line, codeId, by }: ChallengePlace,
  now: Instant,
): Promise<Challenge | undefined> => {
  const joined = challengeId !== codeId;
  const counted = await updateItem(rt, {
    Key: phoneCodes.key({ phone, line }),
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
  return counted && phoneCodes.parse(rt, counted).challenge;
};

/** Uses a code up, for all who wait with it; its condition fails for whoever comes second. */
export const useChallengeWrite = (
  rt: Runtime,
  { phone, line, codeId }: ChallengePlace,
  now: Instant,
): Write => ({
  Update: {
    TableName: identityTable(rt),
    Key: { ...phoneCodes.key({ phone, line }) },
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
  // Worth nothing without its entry among the requesters.
  await putItem(rt, challengePlaces.toItem(place, { expiresAtSec: expiry(now) }));
  const joined = await updateItem(rt, {
    Key: phoneCodes.key(place),
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
