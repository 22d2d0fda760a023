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

/** A code that was sent to a phone, all but the code itself: that is derived from the id. */
export interface Challenge {
  readonly id: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  /** Guesses judged so far. */
  readonly attempts: number;
  readonly usedAt?: Instant;
  /** Of the request: whoever it registers begins with it. */
  readonly locale: Locale;
}

/** What a phone was sent, whether anybody is known by it or not. */
export interface PhoneCodes {
  readonly phone: string;
  readonly challenge?: Challenge;
  /** When codes went out, the last day's, oldest first. */
  readonly sends: readonly Instant[];
  /** The last right code: the waits between codes begin anew. */
  readonly settledAt?: Instant;
  /** 0: nothing is stored yet. */
  readonly version: number;
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

/** Settings of R-AUTH-01 with their ranges; counts of codes. */
export const codeLimitRanges = {
  codesPerPhoneHour: { min: 1, max: 100, initial: 5 },
  codesPerPhoneDay: { min: 1, max: 500, initial: 10 },
  codesPerAddressHour: { min: 1, max: 100_000, initial: 20 },
  codesPerDialCodeDay: { min: 0, max: 10_000_000, initial: 2000 },
} as const;

export type CodeLimitName = keyof typeof codeLimitRanges;
export const codeLimitNames = Object.keys(codeLimitRanges) as CodeLimitName[];
export type CodeLimits = Readonly<Record<CodeLimitName, number>>;

/** How people sign in, as managers set it. */
export interface SignInSettings {
  readonly limits: CodeLimits;
  /** Budgets of single dial codes (`7`, `1`) where they differ from `codesPerDialCodeDay`. */
  readonly dialCodeBudgets: Readonly<Record<string, number>>;
  /** ISO 3166 countries whose phones may sign in; null: all. */
  readonly countries: readonly string[] | null;
  /** Country of numbers written without their international prefix; null: those are refused. */
  readonly defaultCountry: string | null;
  readonly version: number;
}

export const initialSettings: SignInSettings = {
  limits: Object.fromEntries(
    codeLimitNames.map((name) => [name, codeLimitRanges[name].initial]),
  ) as CodeLimits,
  dialCodeBudgets: {},
  countries: null,
  defaultCountry: 'RU',
  version: 0,
};
