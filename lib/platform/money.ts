import * as z from 'zod';

/** ISO 4217 code. */
export const currency = z.string().regex(/^[A-Z]{3}$/);

/** An amount in the smallest unit of its currency (cents, kopecks): whole, so that nothing is ever rounded unseen. */
export const money = z.strictObject({ amountMinor: z.int(), currency });

export type Money = Readonly<z.infer<typeof money>>;

const safe = (amountMinor: number): number => {
  if (Number.isSafeInteger(amountMinor)) return amountMinor;
  throw new RangeError('an amount of money must be a whole number of minor units');
};

export const moneyOf = (amountMinor: number, currencyCode: string): Money => ({
  amountMinor: safe(amountMinor),
  currency: currencyCode,
});

/** Throws RangeError on two currencies or an overflow. */
export const addMoney = (a: Money, b: Money): Money => {
  if (a.currency !== b.currency) throw new RangeError(`cannot add ${b.currency} to ${a.currency}`);
  return moneyOf(a.amountMinor + b.amountMinor, a.currency);
};

/**
 * Splits an amount by weights (whole, not negative, not all zero) by largest remainder (Hamilton's method): parts
 * add up to the amount, and each differs from its exact share by less than one minor unit. Equal remainders go to
 * the earlier part. Throws RangeError on bad weights.
 */
export const splitMoney = (amount: Money, weights: readonly number[]): Money[] => {
  const whole = weights.map((weight) => BigInt(weight));
  const total = whole.reduce((sum, weight) => sum + weight, 0n);
  if (total <= 0n || whole.some((weight) => weight < 0n))
    throw new RangeError('weights must be a positive whole');
  const sign = amount.amountMinor < 0 ? -1 : 1;
  const size = BigInt(Math.abs(safe(amount.amountMinor)));
  const shares = whole.map((weight, index) => ({
    index,
    floor: (size * weight) / total,
    remainder: (size * weight) % total,
  }));
  const left = Number(size - shares.reduce((sum, share) => sum + share.floor, 0n));
  const byRemainder = [...shares].sort((a, b) => Number(b.remainder - a.remainder) || a.index - b.index);
  const raised = new Set(byRemainder.slice(0, left).map((share) => share.index));
  return shares.map(({ index, floor }) => {
    const part = Number(floor) + (raised.has(index) ? 1 : 0);
    return moneyOf(part === 0 ? 0 : sign * part, amount.currency);
  });
};
