import { epochSec, type Instant } from '../../platform/clock.ts';
import { parsePhone } from '../../platform/input/phone.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { type Item, type Key, updateItem } from '../core/table-repository.ts';
import { prefixOf, STEP_SEC, stepOf, type Traffic } from './traffic.ts';
import { type Counted, countOne, fullUntil, type WindowCap } from './window-count-repository.ts';

export const addressKey = (address: string): Key => ({ pk: `ADDRESS#${address}`, sk: 'CODES' });
/** Of the numbers that differ in their last four digits alone. */
export const prefixKey = (phone: string): Key => ({ pk: `PREFIX#${prefixOf(phone)}`, sk: 'CODES' });
export const dialCodeKey = (dialCode: string): Key => ({ pk: `DIALCODE#${dialCode}`, sk: 'CODES' });
const budgetKey = (dialCode: string, now: Instant): Key => ({
  pk: `DIALCODE#${dialCode}`,
  sk: `CODES#${now.slice(0, 10)}`,
});

const HOUR_SEC = 3600;
const KEEP_SEC = 2 * 24 * 3600;
/** More than any dial code is sent in an hour: only counted. */
const ANY = 1_000_000_000;

const countsOf = (item: Item, letter: 's' | 'e'): Record<number, number> =>
  Object.fromEntries(
    Object.entries(item).flatMap(([name, count]) =>
      new RegExp(`^${letter}\\d+$`).test(name) ? [[Number(name.slice(1)), Number(count)]] : [],
    ),
  );

/** What was sent and entered, as it lies in the store. */
export const toTraffic = (item: Item | undefined): Traffic => ({
  sent: item ? countsOf(item, 's') : {},
  entered: item ? countsOf(item, 'e') : {},
  ...(item?.openUntil !== undefined && { openUntil: String(item.openUntil) }),
});

interface Seen {
  readonly seen: Item | undefined;
  readonly now: Instant;
}

const addressCap = (key: Key, cap: number): WindowCap => ({ key, cap, windowSec: HOUR_SEC, stepSec: 1 });

/** When an address may request again, according to what was read; undefined: now. */
export const addressFullUntil = (cap: number, item: Item | undefined, now: Instant): Instant | undefined =>
  item && fullUntil(addressCap({ pk: item.pk, sk: item.sk }, cap), item, now);

export const countAddress = (rt: Runtime, address: string, cap: number, seen: Seen): Promise<Counted> =>
  countOne(rt, addressCap(addressKey(address), cap), seen);

export const countPrefix = (rt: Runtime, phone: string, cap: number, seen: Seen): Promise<Counted> =>
  countOne(rt, { key: prefixKey(phone), cap, windowSec: HOUR_SEC, stepSec: STEP_SEC }, seen);

export const countDialCode = (rt: Runtime, dialCode: string, seen: Seen): Promise<Counted> =>
  countOne(rt, { key: dialCodeKey(dialCode), cap: ANY, windowSec: HOUR_SEC, stepSec: STEP_SEC }, seen);

/** Spends one of a dial code's codes of this UTC day. */
export const spendBudget = async (
  rt: Runtime,
  { dialCode, budget, now }: { dialCode: string; budget: number; now: Instant },
): Promise<{ readonly giveBack: () => Promise<void> } | undefined> => {
  const add = (change: number, most: number): Promise<Item | undefined> =>
    updateItem(rt, {
      Key: budgetKey(dialCode, now),
      UpdateExpression: 'ADD spent :change SET expiresAtSec = :expires',
      ConditionExpression: 'attribute_not_exists(spent) OR spent < :most',
      ExpressionAttributeValues: {
        ':change': change,
        ':most': most,
        ':expires': epochSec(now) + KEEP_SEC,
      },
    });
  if (budget <= 0 || !(await add(1, budget))) return undefined;
  return {
    giveBack: async () => {
      await add(-1, Number.MAX_SAFE_INTEGER).catch((error: unknown) => {
        rt.log.warn('a budget was not given back', { error });
      });
    },
  };
};

/** Opens a breaker; false when somebody else has. */
export const openBreaker = async (
  rt: Runtime,
  key: Key,
  { until, now }: { until: Instant; now: Instant },
): Promise<boolean> => {
  const opened = await updateItem(rt, {
    Key: key,
    UpdateExpression: 'SET openUntil = :until',
    ConditionExpression: 'attribute_not_exists(openUntil) OR openUntil <= :now',
    ExpressionAttributeValues: { ':until': until, ':now': now },
  });
  return opened !== undefined;
};

/** A code that was made at this time was entered. A sign-in does not fail for this count. */
export const noteEntered = async (
  rt: Runtime,
  { phone, createdAt }: { phone: string; createdAt: Instant },
): Promise<void> => {
  const parsed = parsePhone(phone);
  const keys = [prefixKey(phone), ...(parsed.kind === 'mobile' ? [dialCodeKey(parsed.dialCode)] : [])];
  const note = (key: Key): Promise<unknown> =>
    updateItem(rt, {
      Key: key,
      UpdateExpression: 'ADD #step :one',
      // An item that has gone by its age is not made anew.
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#step': `e${stepOf(createdAt)}` },
      ExpressionAttributeValues: { ':one': 1 },
    }).catch((error: unknown) => rt.log.warn('an entered code was not counted', { error }));
  await Promise.all(keys.map(note));
};
