import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { epochSec, type Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import { type Challenge, initialSettings, type PhoneCodes, type SignInSettings } from '../model.ts';
import { MAX_ATTEMPTS } from '../sign-in/code-rules.ts';
import { settingsKey, toSettings } from './settings.ts';
import { findItem, findItems, type Item, identityTable, type Key, putNew, putNext } from './table.ts';
import { phoneKey } from './users.ts';

const codesKey = (phone: string): Key => ({ pk: `PHONE#${phone}`, sk: 'CODES' });
const challengeKey = (challengeId: string): Key => ({ pk: `CHALLENGE#${challengeId}`, sk: 'CHALLENGE' });
const addressKey = (address: string): Key => ({ pk: `ADDRESS#${address}`, sk: 'CODES' });
const budgetKey = (dialCode: string, now: Instant): Key => ({
  pk: `DIALCODE#${dialCode}`,
  sk: `CODES#${now.slice(0, 10)}`,
});

/** Rubbish goes a day after the last thing that could need it. */
const KEEP_SEC = 2 * 24 * 3600;
const expiry = (now: Instant): number => epochSec(now) + KEEP_SEC;

export interface AddressCodes {
  readonly address: string;
  readonly sends: readonly Instant[];
  readonly version: number;
}

/** All that one request for a code needs to know. */
export interface CodeWorld {
  readonly codes: PhoneCodes;
  readonly owner?: { readonly userId: string; readonly locked: boolean };
  readonly address: AddressCodes;
  /** Codes sent to this dial code today (UTC). */
  readonly spent: number;
  readonly settings: SignInSettings;
}

const toCodes = (phone: string, item: Item | undefined): PhoneCodes => {
  if (!item) return { phone, sends: [], version: 0 };
  const { pk: _pk, sk: _sk, expiresAtSec: _expires, ...codes } = item;
  return codes as unknown as PhoneCodes;
};

/** One consistent request, the same one for every phone, known or not. */
export const readCodeWorld = async (
  rt: Runtime,
  { phone, dialCode, address, now }: { phone: string; dialCode: string; address: string; now: Instant },
): Promise<CodeWorld> => {
  const [codes, owner, from, budget, settings] = await findItems(rt, [
    codesKey(phone),
    phoneKey(phone),
    addressKey(address),
    budgetKey(dialCode, now),
    settingsKey,
  ]);
  return {
    codes: toCodes(phone, codes),
    ...(owner && { owner: { userId: String(owner.userId), locked: owner.locked === true } }),
    address: { address, sends: (from?.sends ?? []) as Instant[], version: Number(from?.version ?? 0) },
    spent: Number(budget?.spent ?? 0),
    settings: settings ? toSettings(settings) : initialSettings,
  };
};

export interface CodeSent {
  readonly before: CodeWorld;
  readonly after: PhoneCodes & { readonly challenge: Challenge };
  readonly addressSends: readonly Instant[];
  readonly dialCode: string;
  readonly budget: number;
  readonly now: Instant;
}

/** A code more on the phone, on the address and on the dial code's day: all three or none. */
export const codeSentWrites = (rt: Runtime, sent: CodeSent): Write[] => {
  const { before, after, addressSends, dialCode, budget, now } = sent;
  const expiresAtSec = expiry(now);
  const { address } = before;
  const isNew = before.codes.challenge?.id !== after.challenge.id;
  return [
    putNext(rt, { ...codesKey(after.phone), ...after, expiresAtSec }, before.codes.version),
    putNext(
      rt,
      {
        ...addressKey(address.address),
        sends: [...addressSends],
        version: address.version + 1,
        expiresAtSec,
      },
      address.version,
    ),
    {
      // The whole country's codes meet here: added under the budget's condition, nobody waits for a version.
      Update: {
        TableName: identityTable(rt),
        Key: { ...budgetKey(dialCode, now) },
        UpdateExpression: 'ADD spent :one SET expiresAtSec = :expires',
        ConditionExpression: 'attribute_not_exists(spent) OR spent < :budget',
        ExpressionAttributeValues: { ':one': 1, ':budget': budget, ':expires': expiresAtSec },
      },
    },
    ...(isNew ? [putNew(rt, { ...challengeKey(after.challenge.id), phone: after.phone, expiresAtSec })] : []),
  ];
};

/** The phone a challenge was sent to. */
export const findChallengePhone = async (rt: Runtime, challengeId: string): Promise<string | undefined> => {
  const item = await findItem(rt, challengeKey(challengeId));
  return item && String(item.phone);
};

const IS_OPEN =
  'challenge.id = :id AND challenge.attempts < :most AND challenge.expiresAt > :now AND attribute_not_exists(challenge.usedAt)';

/**
 * Counts a guess before it is judged: however many come at once, no more are judged than a challenge has attempts.
 * Undefined when the challenge takes no more guesses.
 */
export const countAttempt = async (
  rt: Runtime,
  { phone, challengeId, now }: { phone: string; challengeId: string; now: Instant },
): Promise<Challenge | undefined> => {
  const update = new UpdateCommand({
    TableName: identityTable(rt),
    Key: { ...codesKey(phone) },
    UpdateExpression: 'SET challenge.attempts = challenge.attempts + :one, #version = #version + :one',
    ConditionExpression: IS_OPEN,
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':one': 1, ':id': challengeId, ':most': MAX_ATTEMPTS, ':now': now },
    ReturnValues: 'ALL_NEW',
  });
  try {
    const { Attributes } = await rt.dynamo.send(update);
    return toCodes(phone, Attributes as Item).challenge;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
};

/** Uses a challenge up; its condition fails for whoever comes second. */
export const useChallengeWrite = (
  rt: Runtime,
  { phone, challengeId, now }: { phone: string; challengeId: string; now: Instant },
): Write => ({
  Update: {
    TableName: identityTable(rt),
    Key: { ...codesKey(phone) },
    UpdateExpression: 'SET challenge.usedAt = :now, settledAt = :now, #version = #version + :one',
    ConditionExpression: 'challenge.id = :id AND attribute_not_exists(challenge.usedAt)',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':one': 1, ':id': challengeId, ':now': now },
  },
});
