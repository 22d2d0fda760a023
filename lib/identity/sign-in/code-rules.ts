import { type Instant, instant, plusSeconds } from '../../platform/clock.ts';
import type { Challenge, CodeLimits, Locale, PhoneCodes, SignInSettings } from '../model.ts';

/** Numbers of R-AUTH-01 that are no settings: what a code is. */
export const CODE_LIFE_SEC = 300;
export const MAX_ATTEMPTS = 5;
const FIRST_WAIT_SEC = 60;
const HOUR_SEC = 3600;
const DAY_SEC = 24 * HOUR_SEC;

/** A code can still be tried: what a second request for one sends again. */
export const isLive = (challenge: Challenge | undefined, now: Instant): challenge is Challenge =>
  challenge !== undefined &&
  challenge.usedAt === undefined &&
  challenge.attempts < MAX_ATTEMPTS &&
  now < challenge.expiresAt;

/** The instants that lie within so many seconds before now, oldest first. */
export const within = (sends: readonly Instant[], seconds: number, now: Instant): Instant[] =>
  sends.filter((at) => plusSeconds(at, seconds) > now);

/** When one more fits under a cap of so many in so many seconds; undefined: now. */
const roomAt = (
  sends: readonly Instant[],
  cap: number,
  seconds: number,
  now: Instant,
): Instant | undefined => {
  const counted = within(sends, seconds, now);
  const leaves = counted[counted.length - cap];
  return leaves && plusSeconds(leaves, seconds);
};

/** 60 s after the first code, twice as long after each further one of the same hour; a right code ends the series. */
const waitedUntil = ({ sends, settledAt = '' }: PhoneCodes, now: Instant): Instant | undefined => {
  const last = sends.at(-1);
  if (last === undefined || last <= settledAt) return undefined;
  const series = within(sends, HOUR_SEC, last).filter((at) => at > settledAt);
  const until = plusSeconds(last, FIRST_WAIT_SEC * 2 ** (series.length - 1));
  return until > now ? until : undefined;
};

export type CodeRefusal =
  | { readonly kind: 'too-early'; readonly challenge: Challenge | undefined; readonly retryAt: Instant }
  | {
      readonly kind: 'too-many';
      readonly of: 'phone-hour' | 'phone-day' | 'address' | 'dial-code';
      readonly retryAt: Instant;
    };

export type CodeDecision = CodeRefusal | { readonly kind: 'send' };

/** All that decides whether a code goes out. */
export interface CodeRequest {
  readonly codes: PhoneCodes;
  /** Codes asked for from this address, oldest first. */
  readonly addressSends: readonly Instant[];
  /** Codes sent to this dial code on this UTC day, and how many there may be. */
  readonly spent: number;
  readonly budget: number;
  readonly limits: CodeLimits;
  readonly now: Instant;
}

const nextUtcDay = (now: Instant): Instant =>
  instant(Date.parse(`${now.slice(0, 10)}T00:00:00.000Z`) + DAY_SEC * 1000);

/** May a code be sent to this phone now? (R-AUTH-01) It does not matter whether anybody is known by the phone. */
export const judgeCodeRequest = (request: CodeRequest): CodeDecision => {
  const { codes, addressSends, spent, budget, limits, now } = request;
  const { sends, challenge } = codes;
  const early = waitedUntil(codes, now);
  if (early)
    return { kind: 'too-early', challenge: isLive(challenge, now) ? challenge : undefined, retryAt: early };
  const caps = [
    { of: 'phone-hour', retryAt: roomAt(sends, limits.codesPerPhoneHour, HOUR_SEC, now) },
    { of: 'phone-day', retryAt: roomAt(sends, limits.codesPerPhoneDay, DAY_SEC, now) },
    { of: 'address', retryAt: roomAt(addressSends, limits.codesPerAddressHour, HOUR_SEC, now) },
    { of: 'dial-code', retryAt: spent < budget ? undefined : nextUtcDay(now) },
  ] as const;
  for (const { of, retryAt } of caps) if (retryAt) return { kind: 'too-many', of, retryAt };
  return { kind: 'send' };
};

/** When the next code may be asked for, as far as the phone alone decides. */
export const resendAt = (codes: PhoneCodes, limits: CodeLimits, now: Instant): Instant => {
  const { sends } = codes;
  const moments = [
    waitedUntil(codes, now),
    roomAt(sends, limits.codesPerPhoneHour, HOUR_SEC, now),
    roomAt(sends, limits.codesPerPhoneDay, DAY_SEC, now),
  ].filter((at) => at !== undefined);
  return moments.toSorted().at(-1) ?? now;
};

/**
 * The phone after one more code: a live challenge is sent again as it is (code, expiry and attempts unchanged), else
 * there is a new one under `newId`.
 */
export const withCodeSent = (
  codes: PhoneCodes,
  { newId, locale, now }: { newId: string; locale: Locale; now: Instant },
): PhoneCodes & { readonly challenge: Challenge } => ({
  ...codes,
  challenge: isLive(codes.challenge, now)
    ? codes.challenge
    : { id: newId, createdAt: now, expiresAt: plusSeconds(now, CODE_LIFE_SEC), attempts: 0, locale },
  sends: [...within(codes.sends, DAY_SEC, now), now],
  version: codes.version + 1,
});

/** Codes asked for from an address, after one more. */
export const withAddressSend = (sends: readonly Instant[], now: Instant): Instant[] => [
  ...within(sends, HOUR_SEC, now),
  now,
];

export const budgetOf = (settings: SignInSettings, dialCode: string): number =>
  settings.dialCodeBudgets[dialCode] ?? settings.limits.codesPerDialCodeDay;

/** Countries whose phones may sign in; a number of no country (satellite, international) counts as its own. */
export const mayComeFrom = (settings: SignInSettings, country: string | undefined): boolean =>
  settings.countries === null || (country !== undefined && settings.countries.includes(country));
