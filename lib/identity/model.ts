import * as z from 'zod';
import { ROLES, type Role } from '../platform/caller.ts';
import { idPattern } from '../platform/ids.ts';
import { lazily, type ReadBy, storedInstant } from '../platform/storage/stored-schema.ts';

export const userIdSchema = z.string().regex(idPattern('usr')).meta({ id: 'UserId' });
export const sessionIdSchema = z.string().regex(idPattern('ses')).meta({ id: 'SessionId' });
export const challengeIdSchema = z.string().regex(idPattern('chl')).meta({ id: 'ChallengeId' });

export const locales = ['ru', 'en'] as const;
export type Locale = (typeof locales)[number];

/** Roles of the back office: only an admin creates users with one, and those users are listed as staff. */
export const STAFF_ROLES: readonly Role[] = ROLES.filter((role) => role !== 'client' && role !== 'candidate');

export const isStaff = ({ roles }: { readonly roles: readonly Role[] }): boolean =>
  roles.some((role) => STAFF_ROLES.includes(role));

/** An address, and how far it is confirmed. */
const email = lazily(() =>
  z.object({
    address: z.string(),
    /** Moves on with every change of the address: links sent to an earlier one are worth nothing. */
    epoch: z.int(),
    confirmedAt: storedInstant().optional(),
  }),
);
export type Email = ReadBy<typeof email>;

/** One identity per phone (R-AUTH-05). */
export const userSchema = lazily(() =>
  z.object({
    id: z.string(),
    /** E.164. */
    phone: z.string(),
    roles: z.array(z.enum(ROLES)),
    locale: z.enum(locales),
    name: z.string().optional(),
    /** How clients are shown who answers them; undefined: by the given name. */
    displayName: z.string().optional(),
    email: email().optional(),
    /** Confirmation e-mails of the last day, each with the epoch of its address. */
    letters: z.array(z.object({ at: storedInstant(), epoch: z.int() })),
    locked: z.object({ at: storedInstant(), by: z.string(), reason: z.string() }).optional(),
    /** Sessions begun under an earlier epoch are over: a lock ends them all by moving it on. */
    sessionEpoch: z.int(),
    createdAt: storedInstant(),
    version: z.int(),
  }),
);
export type User = ReadBy<typeof userSchema>;
export type EmailSent = User['letters'][number];

/** A code that was sent to a phone, all but the code itself: that is derived from the id. */
const challenge = lazily(() =>
  z.object({
    /** Also the challenge of the first requester. */
    id: z.string(),
    createdAt: storedInstant(),
    expiresAt: storedInstant(),
    /** The first requester. Others may join: they get a challenge of their own for the same code. */
    firstAsker: z.string(),
    /** The requesters of the code: each with its own challenge, and the guesses of it checked so far. */
    askers: z.record(z.string(), z.object({ challengeId: z.string(), attempts: z.int() })),
    /** Guesses of those who joined, all together. */
    joinedAttempts: z.int(),
    /** As the settings were when it was made: guesses of one challenge, and of all who joined. */
    most: z.object({ attempts: z.int(), joinedAttempts: z.int() }),
    usedAt: storedInstant().optional(),
    /** Of the request: whoever it registers begins with it. */
    locale: z.enum(locales),
  }),
);
export type Challenge = ReadBy<typeof challenge>;

/** Everybody's line of codes; the others belong to one known device each. */
export const OPEN_LINE = 'OPEN';

/** What a phone was sent in one line, whether anybody is known by it or not. */
export const phoneCodesSchema = lazily(() =>
  z.object({
    phone: z.string(),
    line: z.string(),
    challenge: challenge().optional(),
    /** Codes that went out, and for whom: the last day's, oldest first. A line that was only held has none yet. */
    sends: z.array(z.object({ at: storedInstant(), by: z.string() })).default([]),
    /** The last right code: the waits between codes begin anew. */
    settledAt: storedInstant().optional(),
    /** Somebody is about to send: nobody else tries until then. */
    hold: z.object({ by: z.string(), until: storedInstant() }).optional(),
    /** 0: nothing is stored yet. */
    version: z.int(),
  }),
);
export type PhoneCodes = ReadBy<typeof phoneCodesSchema>;
export type Send = PhoneCodes['sends'][number];

/** Where a challenge leads: to a code of a line, and to one of those who wait with it. */
export const challengePlaceSchema = lazily(() =>
  z.object({
    challengeId: z.string(),
    phone: z.string(),
    line: z.string(),
    codeId: z.string(),
    by: z.string(),
  }),
);
export type ChallengePlace = ReadBy<typeof challengePlaceSchema>;

/** Devices that signed in by a phone, the latest first: each has a line of codes of its own, which no stranger can use up. */
export const phoneDevicesSchema = lazily(() =>
  z.object({
    phone: z.string(),
    /** By the SHA-256 of its token, hex. */
    devices: z.array(z.object({ hash: z.string(), at: storedInstant() })),
    version: z.int(),
  }),
);
export type PhoneDevices = ReadBy<typeof phoneDevicesSchema>;
export type KnownDevice = PhoneDevices['devices'][number];

/** A sign-in on one device: refresh tokens of one descent. Nothing of the tokens is stored but their number. */
export const sessionSchema = lazily(() =>
  z.object({
    id: z.string(),
    userId: z.string(),
    /** Number of the refresh token that counts; its predecessor does for ten seconds. */
    generation: z.int(),
    rotatedAt: storedInstant(),
    sessionEpoch: z.int(),
    createdAt: storedInstant(),
    expiresAt: storedInstant(),
    ended: z
      .object({ at: storedInstant(), why: z.enum(['signed-out', 'reused', 'ended-by-user']) })
      .optional(),
    /** What signed in, and from where: for its user, to tell their sessions apart. */
    device: z.object({ userAgent: z.string().optional(), address: z.string() }).optional(),
    /** So long the entry in its user's list lives; sessions from before there was a list have none. */
    listedUntil: storedInstant().optional(),
  }),
);
export type Session = ReadBy<typeof sessionSchema>;
export type Device = NonNullable<Session['device']>;

/** One session of a user's list. */
export const sessionEntrySchema = lazily(() => z.object({ userId: z.string(), sessionId: z.string() }));
