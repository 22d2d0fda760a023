// @pure

import { epochSec, type Instant, instant } from '../../platform/clock.ts';

/**
 * How many codes were sent where, and how many of them were entered, by steps of five minutes of when the code was made.
 * Toll fraud shows as codes that nobody enters.
 */
export interface Traffic {
  readonly sent: Readonly<Record<number, number>>;
  readonly entered: Readonly<Record<number, number>>;
  /** Nothing is sent until then. */
  readonly openUntil?: Instant;
}

export const STEP_SEC = 300;
/** Of an instant: the number of its step since the epoch. */
export const stepOf = (at: Instant): number => Math.floor(epochSec(at) / STEP_SEC);

export interface BreakerLimits {
  /** Length of the counted window, in minutes. */
  readonly breakerWindowMin: number;
  /** Entered codes per hundred sent below which it opens. */
  readonly breakerEnteredPercent: number;
  /** Minutes after which it closes by itself. */
  readonly breakerOpenMin: number;
  readonly codeLifeSec: number;
}

const sum = (counts: Readonly<Record<number, number>>, from: number, to: number): number =>
  Object.entries(counts)
    .filter(([step]) => Number(step) >= from && Number(step) < to)
    .reduce((total, [, count]) => total + count, 0);

export type BreakerDecision =
  | { readonly kind: 'closed' }
  /** It opened before. */
  | { readonly kind: 'open'; readonly until: Instant }
  /** It opens now. */
  | { readonly kind: 'opens'; readonly until: Instant; readonly sent: number; readonly entered: number };

/**
 * Whether so few of the codes sent to a prefix or dial code are entered that no more are sent (an approval ratio, as of
 * Twilio Verify's Fraud Guard). Codes count once they have expired: until then their users may still be typing. After it
 * has closed by itself it checks only codes sent since. `minCodes`: fewer than these say nothing.
 */
export const decideBreaker = (
  traffic: Traffic,
  { limits, minCodes, now }: { limits: BreakerLimits; minCodes: number; now: Instant },
): BreakerDecision => {
  const { openUntil } = traffic;
  if (openUntil !== undefined && now < openUntil) return { kind: 'open', until: openUntil };
  const nowSec = epochSec(now);
  const closedSince = openUntil === undefined ? 0 : Math.ceil(epochSec(openUntil) / STEP_SEC);
  const from = Math.max(Math.ceil((nowSec - limits.breakerWindowMin * 60) / STEP_SEC), closedSince);
  const to = Math.floor((nowSec - limits.codeLifeSec) / STEP_SEC);
  const sent = sum(traffic.sent, from, to);
  const entered = sum(traffic.entered, from, to);
  if (sent < minCodes || entered * 100 >= sent * limits.breakerEnteredPercent) return { kind: 'closed' };
  return { kind: 'opens', until: instant((nowSec + limits.breakerOpenMin * 60) * 1000), sent, entered };
};

/** A prefix is the number without its last four digits: blocks of ten thousand are what operators are given. */
export const prefixOf = (phone: string): string => phone.slice(0, -4);
