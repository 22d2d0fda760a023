// @pure

import { type Instant, instant, plusSeconds } from '../../platform/clock.ts';
import { type Challenge, type Locale, OPEN_LINE, type PhoneCodes, type Send } from '../model.ts';
import type { CodeLimits, SignInSettings } from '../settings/catalogue.ts';

const HOUR_SEC = 3600;
const DAY_SEC = 24 * HOUR_SEC;
/** Challenges of one code; by then what all who joined may guess is long used up. */
export const MAX_ASKERS = 20;

/** The code can still be entered by somebody. */
export const isLive = (challenge: Challenge | undefined, now: Instant): challenge is Challenge =>
  challenge !== undefined && challenge.usedAt === undefined && now < challenge.expiresAt;

/** Guesses that this requester has left. */
export const attemptsLeft = ({ firstAsker, askers, joinedAttempts, most }: Challenge, by: string): number => {
  const own = most.attempts - (askers[by]?.attempts ?? 0);
  return by === firstAsker ? own : Math.min(own, most.joinedAttempts - joinedAttempts);
};

/** Whether this requester has, or would have, no guess left at this code. */
const isSpentFor = (challenge: Challenge, by: string): boolean => attemptsLeft(challenge, by) <= 0;

const isAlone = ({ askers }: Challenge, by: string): boolean =>
  Object.keys(askers).every((asker) => asker === by);

/** What a further code of this line sends again; a used-up one is sent again only where others still wait with it. */
const resent = (codes: PhoneCodes, by: string, now: Instant): Challenge | undefined => {
  const { challenge } = codes;
  if (!isLive(challenge, now)) return undefined;
  return isSpentFor(challenge, by) && isAlone(challenge, by) ? undefined : challenge;
};

/** The sends that lie within so many seconds before now, oldest first. */
export const within = (sends: readonly Send[], seconds: number, now: Instant): Send[] =>
  sends.filter(({ at }) => plusSeconds(at, seconds) > now);

/** When one more fits under a cap of so many in so many seconds; undefined: now. */
const roomAt = (sends: readonly Send[], cap: number, seconds: number, now: Instant): Instant | undefined => {
  const counted = within(sends, seconds, now);
  const leaves = counted[counted.length - cap];
  return leaves && plusSeconds(leaves.at, seconds);
};

/** A minute after the first code, twice as long after each further one of the same hour; a right code ends the series. */
const waitedUntil = (
  { sends, settledAt = '' }: PhoneCodes,
  limits: CodeLimits,
  now: Instant,
): Instant | undefined => {
  const last = sends.at(-1)?.at;
  if (last === undefined || last <= settledAt) return undefined;
  const series = within(sends, HOUR_SEC, last).filter(({ at }) => at > settledAt);
  const until = plusSeconds(last, limits.resendAfterSec * 2 ** (series.length - 1));
  return until > now ? until : undefined;
};

interface Full {
  readonly of: 'phone-hour' | 'phone-day' | 'requester-hour' | 'requester-day';
  readonly retryAt: Instant;
}

/** The cap that holds longest: the line's own, or, of everybody's line, the share of one requester. */
const fullUntil = (
  { sends, line }: PhoneCodes,
  by: string,
  limits: CodeLimits,
  now: Instant,
): Full | undefined => {
  const own = line === OPEN_LINE ? sends.filter((send) => send.by === by) : [];
  const caps = [
    { of: 'phone-hour', retryAt: roomAt(sends, limits.codesPerPhoneHour, HOUR_SEC, now) },
    { of: 'phone-day', retryAt: roomAt(sends, limits.codesPerPhoneDay, DAY_SEC, now) },
    { of: 'requester-hour', retryAt: roomAt(own, limits.codesPerRequesterHour, HOUR_SEC, now) },
    { of: 'requester-day', retryAt: roomAt(own, limits.codesPerRequesterDay, DAY_SEC, now) },
  ] as const;
  return caps
    .flatMap(({ of, retryAt }): Full[] => (retryAt ? [{ of, retryAt }] : []))
    .toSorted((a, b) => (a.retryAt < b.retryAt ? 1 : -1))[0];
};

export type CodeDecision =
  | { readonly kind: 'send' }
  /** A code is on its way or came a moment ago: a challenge of one's own for that one, and no further SMS. */
  | { readonly kind: 'join'; readonly challenge: Challenge }
  | { readonly kind: 'too-early'; readonly retryAt: Instant }
  | ({ readonly kind: 'too-many' } & Full);

/** All that decides about a phone's next code. */
export interface CodeRequest {
  readonly codes: PhoneCodes;
  /** The requester: an address, or a known device. */
  readonly by: string;
  readonly limits: CodeLimits;
  readonly now: Instant;
}

const mayJoin = (challenge: Challenge, by: string): boolean =>
  challenge.askers[by] === undefined &&
  !isSpentFor(challenge, by) &&
  Object.keys(challenge.askers).length < MAX_ASKERS;

/** May a code be sent to this phone now? (R-AUTH-01) It does not matter whether anybody is known by the phone. */
export const decideCodeRequest = ({ codes, by, limits, now }: CodeRequest): CodeDecision => {
  const { challenge } = codes;
  const early = waitedUntil(codes, limits, now);
  const full = fullUntil(codes, by, limits, now);
  if ((early || full) && isLive(challenge, now) && mayJoin(challenge, by)) return { kind: 'join', challenge };
  if (early) return { kind: 'too-early', retryAt: early };
  if (full) return { kind: 'too-many', ...full };
  // Their guesses are used up, and a new code would take away the one that others wait with.
  if (isLive(challenge, now) && isSpentFor(challenge, by) && !isAlone(challenge, by)) {
    return { kind: 'too-early', retryAt: challenge.expiresAt };
  }
  return { kind: 'send' };
};

/** When this requester may request again, as far as the phone alone decides. */
export const resendAt = ({ codes, by, limits, now }: CodeRequest): Instant => {
  const moments = [waitedUntil(codes, limits, now), fullUntil(codes, by, limits, now)?.retryAt];
  return (
    moments
      .filter((at) => at !== undefined)
      .toSorted()
      .at(-1) ?? now
  );
};

/** A requester, and the id that their challenge would have. */
export interface NewAsker {
  readonly by: string;
  readonly newId: string;
}

/** The code with this requester among those who wait with it; unchanged when they are. */
export const withAsker = (challenge: Challenge, { by, newId }: NewAsker): Challenge =>
  challenge.askers[by]
    ? challenge
    : { ...challenge, askers: { ...challenge.askers, [by]: { challengeId: newId, attempts: 0 } } };

/** The challenge this requester has for the code. */
export const challengeIdOf = ({ id, askers }: Challenge, by: string): string => askers[by]?.challengeId ?? id;

/**
 * The line after one more code: a live one is sent again as it is (code, expiry and attempts unchanged), else there is a
 * new one under `newId`.
 */
export const withCodeSent = (
  { codes, by, limits, now }: CodeRequest,
  { newId, locale }: { newId: string; locale: Locale },
): PhoneCodes & { readonly challenge: Challenge } => ({
  ...codes,
  challenge: withAsker(
    resent(codes, by, now) ?? {
      id: newId,
      createdAt: now,
      expiresAt: plusSeconds(now, limits.codeLifeSec),
      firstAsker: by,
      askers: {},
      joinedAttempts: 0,
      most: { attempts: limits.attemptsPerChallenge, joinedAttempts: limits.attemptsOfJoined },
      locale,
    },
    { by, newId },
  ),
  sends: [...within(codes.sends, DAY_SEC, now), { at: now, by }],
  version: codes.version + 1,
});

export const nextUtcDay = (now: Instant): Instant =>
  instant(Date.parse(`${now.slice(0, 10)}T00:00:00.000Z`) + DAY_SEC * 1000);

export const budgetOf = (settings: SignInSettings, dialCode: string): number =>
  settings.dialCodeBudgets[dialCode] ?? settings.codesPerDialCodeDay;

/** Countries whose phones may sign in; a satellite or international network belongs to none. */
export const mayComeFrom = (
  settings: Pick<SignInSettings, 'countries' | 'internationalNetworks'>,
  country: string | undefined,
): boolean =>
  country === undefined
    ? settings.internationalNetworks
    : settings.countries === null || settings.countries.includes(country);
