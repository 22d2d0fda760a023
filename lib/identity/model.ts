import * as z from 'zod';
import { ROLES, type Role } from '../platform/auth/caller.ts';
import type { Instant } from '../platform/clock.ts';
import { idPattern } from '../platform/ids.ts';

export const userIdSchema = z.string().regex(idPattern('usr')).meta({ id: 'PersonId' });
export const challengeIdSchema = z.string().regex(idPattern('chl')).meta({ id: 'ChallengeId' });

export const locales = ['ru', 'en'] as const;
export type Locale = (typeof locales)[number];

/** Everybody who works here: who is listed as staff, and whom only an admin may make. */
export const STAFF_ROLES: readonly Role[] = ROLES.filter((role) => role !== 'client' && role !== 'candidate');

export const isStaff = ({ roles }: { readonly roles: readonly Role[] }): boolean =>
  roles.some((role) => STAFF_ROLES.includes(role));

/** An address, and how far it is confirmed. */
export interface Email {
  readonly address: string;
  /** Moves on with every change of the address: links sent to an earlier one are worth nothing. */
  readonly epoch: number;
  readonly confirmedAt?: Instant;
}

/** A confirmation letter that was asked for. */
export interface LetterSent {
  readonly at: Instant;
  readonly epoch: number;
}

/** One identity per phone (R-AUTH-05). */
export interface User {
  readonly id: string;
  /** E.164. */
  readonly phone: string;
  readonly roles: readonly Role[];
  readonly locale: Locale;
  readonly name?: string;
  readonly email?: Email;
  /** Confirmation letters of the last day. */
  readonly letters: readonly LetterSent[];
  readonly locked?: { readonly at: Instant; readonly by: string; readonly reason: string };
  /** Sessions begun under an earlier epoch are over: a lock ends them all by moving it on. */
  readonly sessionEpoch: number;
  readonly createdAt: Instant;
  readonly version: number;
}

/** Who asked for a code: its own challenge, its own guesses. */
export interface Asker {
  readonly challengeId: string;
  /** Guesses judged so far. */
  readonly attempts: number;
}

/** A code that was sent to a phone, all but the code itself: that is derived from the id. */
export interface Challenge {
  /** Also the challenge of whoever asked first. */
  readonly id: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  /** Who asked first. Others may join: they get a challenge of their own for the same code. */
  readonly firstAsker: string;
  readonly askers: Readonly<Record<string, Asker>>;
  /** Guesses of those who joined, all together. */
  readonly joinedAttempts: number;
  /** As the settings were when it was made: guesses of one challenge, and of all who joined. */
  readonly most: { readonly attempts: number; readonly joinedAttempts: number };
  readonly usedAt?: Instant;
  /** Of the request: whoever it registers begins with it. */
  readonly locale: Locale;
}

/** A code that went out, and for whom. */
export interface Send {
  readonly at: Instant;
  readonly by: string;
}

/** Everybody's line of codes; the others belong to one known device each. */
export const OPEN_LINE = 'OPEN';

/** What a phone was sent in one line, whether anybody is known by it or not. */
export interface PhoneCodes {
  readonly phone: string;
  readonly line: string;
  readonly challenge?: Challenge;
  /** The last day's, oldest first. */
  readonly sends: readonly Send[];
  /** The last right code: the waits between codes begin anew. */
  readonly settledAt?: Instant;
  /** Somebody is about to send: nobody else tries until then. */
  readonly hold?: { readonly by: string; readonly until: Instant };
  /** 0: nothing is stored yet. */
  readonly version: number;
}

/** A device that signed in by a phone: it has a line of codes of its own, which no stranger can use up. */
export interface KnownDevice {
  /** SHA-256 of its token, hex. */
  readonly hash: string;
  readonly at: Instant;
}

/** A sign-in on one device: refresh tokens of one descent. Nothing of the tokens is stored but their number. */
export interface Session {
  readonly id: string;
  readonly userId: string;
  /** Number of the refresh token that counts; its predecessor does for ten seconds. */
  readonly generation: number;
  readonly rotatedAt: Instant;
  readonly sessionEpoch: number;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly ended?: { readonly at: Instant; readonly why: 'signed-out' | 'reused' };
}

/** Settings of R-AUTH-01 with their ranges. */
export const codeLimitRanges = {
  codesPerPhoneHour: { min: 1, max: 100, initial: 5 },
  codesPerPhoneDay: { min: 1, max: 500, initial: 10 },
  codesPerRequesterHour: { min: 1, max: 100, initial: 3 },
  codesPerRequesterDay: { min: 1, max: 500, initial: 5 },
  codesPerAddressHour: { min: 1, max: 100_000, initial: 20 },
  codesPerDialCodeDay: { min: 0, max: 10_000_000, initial: 2000 },
  codesPerPrefixHour: { min: 5, max: 100_000, initial: 30 },
  codeLifeSec: { min: 60, max: 600, initial: 300 },
  attemptsPerChallenge: { min: 3, max: 10, initial: 5 },
  attemptsOfJoined: { min: 5, max: 50, initial: 15 },
  resendAfterSec: { min: 30, max: 300, initial: 60 },
  breakerWindowMin: { min: 15, max: 60, initial: 60 },
  breakerEnteredPercent: { min: 0, max: 90, initial: 20 },
  breakerMinCodesPerPrefix: { min: 5, max: 10_000, initial: 10 },
  breakerMinCodesPerDialCode: { min: 10, max: 1_000_000, initial: 50 },
  breakerOpenMin: { min: 5, max: 1440, initial: 60 },
} as const;

export type CodeLimitName = keyof typeof codeLimitRanges;
export const codeLimitNames = Object.keys(codeLimitRanges) as CodeLimitName[];
export type CodeLimits = Readonly<Record<CodeLimitName, number>>;

/** How people sign in, as admins set it. */
export interface SignInSettings {
  readonly limits: CodeLimits;
  /** Budgets of single dial codes (`7`, `1`) where they differ from `codesPerDialCodeDay`. */
  readonly dialCodeBudgets: Readonly<Record<string, number>>;
  /** ISO 3166 countries whose phones may sign in; null: all of them. */
  readonly countries: readonly string[] | null;
  /** Satellites and international networks (+870, +878, +881 to +883), which belong to no country, may sign in as well. */
  readonly internationalNetworks: boolean;
  /** Country of numbers written without their international prefix; null: those are refused. */
  readonly defaultCountry: string | null;
  readonly version: number;
}

/** The country of the entity `own`, which sends the codes, as it is shipped. */
const OWN_COUNTRY = 'RU';

export const initialSettings: SignInSettings = {
  limits: Object.fromEntries(
    codeLimitNames.map((name) => [name, codeLimitRanges[name].initial]),
  ) as CodeLimits,
  dialCodeBudgets: {},
  countries: [OWN_COUNTRY],
  internationalNetworks: false,
  defaultCountry: OWN_COUNTRY,
  version: 0,
};
