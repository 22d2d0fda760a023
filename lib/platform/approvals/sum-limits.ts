// @pure

import type { Instant } from '../clock.ts';
import type { Money } from '../money.ts';

/** What a change gives, and to whom. */
export interface Sum extends Money {
  readonly beneficiaryId: string;
}

/** Up to these, in one currency, one user of the role is enough (R-AUTH-08). Each is the most that still passes. */
export interface SumLimits {
  readonly currency: string;
  readonly entryMinor: number;
  readonly makerDayMinor: number;
  readonly beneficiaryMonthMinor: number;
}

/** What was given by one user alone: by a maker in a day of UTC, or to a beneficiary in a calendar month of UTC, whoever gave it. */
export interface Given {
  readonly of: 'maker' | 'beneficiary';
  readonly id: string;
  /** `2026-11-29`, `2026-11` */
  readonly period: string;
}

export const givenBy = (makerId: string, now: Instant): Given => ({
  of: 'maker',
  id: makerId,
  period: now.slice(0, 10),
});

export const givenTo = (beneficiaryId: string, now: Instant): Given => ({
  of: 'beneficiary',
  id: beneficiaryId,
  period: now.slice(0, 7),
});

/**
 * Whether one user is enough for an entry on top of what was given before. In another currency it is not: nothing is converted.
 * Throws RangeError for what is not a whole number above zero, so that nothing makes room by giving less than nothing.
 */
export const isWithin = (
  { amountMinor, currency }: Money,
  before: { readonly makerDayMinor: number; readonly beneficiaryMonthMinor: number },
  limits: SumLimits,
): boolean => {
  if (!Number.isSafeInteger(amountMinor) || amountMinor <= 0)
    throw new RangeError('a sum that is approved must be a whole number of minor units above zero');
  return (
    currency === limits.currency &&
    amountMinor <= limits.entryMinor &&
    before.makerDayMinor + amountMinor <= limits.makerDayMinor &&
    before.beneficiaryMonthMinor + amountMinor <= limits.beneficiaryMonthMinor
  );
};
