import * as z from 'zod';
import { epochSec, instant, plusSeconds } from '../clock.ts';
import type { Runtime } from '../runtime.ts';
import { defineEntity } from '../storage/entity.ts';
import { lazily, type ReadBy } from '../storage/stored-schema.ts';
import type { Write } from '../storage/write.ts';
import { type Given, givenBy, givenTo, isWithin, type Sum, type SumLimits } from './sum-limits.ts';

const sumSchema = lazily(() =>
  z.object({
    of: z.enum(['maker', 'beneficiary']),
    id: z.string(),
    period: z.string(),
    currency: z.string(),
    minor: z.int(),
    version: z.int(),
  }),
);
type GivenSum = ReadBy<typeof sumSchema>;

/** Longer than the longest period, so that no sum is gone while it counts. */
const KEPT_SEC = 62 * 24 * 3600;

/** In the module's own table: what was given alone counts in the transaction that gives it. */
export const givenSumEntity = (table: string) => {
  const sum = defineEntity({
    table,
    name: 'platform.given-sum',
    key: ({ of, id, period, currency }: Pick<GivenSum, 'of' | 'id' | 'period' | 'currency'>) => ({
      pk: `GIVEN#${of}#${id}`,
      sk: `${period}#${currency}`,
    }),
    schema: sumSchema,
  });
  return sum;
};

export interface SumEntry {
  readonly sum: Sum;
  readonly makerId: string;
  readonly limits: SumLimits;
}

/**
 * Whether one user is enough for this entry, and the writes that count it: they belong into the commit that gives it, over the
 * sums as they were read, so that many at once never pass a limit together.
 */
export const countedAlone = async (
  rt: Runtime,
  table: string,
  { sum, makerId, limits }: SumEntry,
): Promise<{ readonly within: boolean; readonly writes: readonly Write[] }> => {
  const sums = givenSumEntity(table);
  const now = instant(rt.clock.nowMs());
  const { currency, amountMinor } = sum;
  const readSum = async (given: Given): Promise<GivenSum> =>
    (await sums.find(rt, { ...given, currency })) ?? { ...given, currency, minor: 0, version: 0 };
  const maker = await readSum(givenBy(makerId, now));
  const beneficiary = await readSum(givenTo(sum.beneficiaryId, now));
  const expiresAtSec = epochSec(plusSeconds(now, KEPT_SEC));
  const added = (before: GivenSum): Write =>
    sums.next(
      rt,
      before,
      { ...before, minor: before.minor + amountMinor, version: before.version + 1 },
      { expiresAtSec },
    );
  const before = { makerDayMinor: maker.minor, beneficiaryMonthMinor: beneficiary.minor };
  return { within: isWithin(sum, before, limits), writes: [added(maker), added(beneficiary)] };
};
