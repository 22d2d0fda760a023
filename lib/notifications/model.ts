import * as z from 'zod';
import type { Instant } from '../platform/clock.ts';
import { derivedId, derivedUuid } from '../platform/derived-id.ts';
import { emailSchema } from '../platform/input/email-address.ts';

export const locales = ['ru', 'en'] as const;
export type Locale = (typeof locales)[number];

export const channels = ['email', 'sms'] as const;
export type Channel = (typeof channels)[number];

/** Every template there is. What each needs and who gets it stands in catalogue.ts. */
export const templateNames = [
  'email-confirmation',
  'staff-welcome',
  'account-changed',
  'reply-waiting',
  'tickets-overdue',
] as const;
export type TemplateName = (typeof templateNames)[number];

export const notificationStates = [
  'composed',
  'sending',
  'sent',
  'handed',
  'delivered',
  'failed',
  'unknown',
  'bounced',
  'complained',
  'expired',
  'undeliverable',
] as const;
export type NotificationState = (typeof notificationStates)[number];

/**
 * Where each state may go. `handed`: the SMS module has it, and its life goes on there. `undeliverable`: there was no way
 * to reach the person when it was composed. `unknown`: the mail server's answer was lost; it is not sent again, and only
 * what the mail service tells of later moves it.
 */
export const nextStates: Readonly<Record<NotificationState, readonly NotificationState[]>> = {
  composed: ['sending', 'expired'],
  sending: ['composed', 'sent', 'failed', 'unknown', 'delivered', 'bounced', 'complained'],
  unknown: ['sent', 'delivered', 'failed', 'bounced', 'complained'],
  sent: ['delivered', 'failed', 'bounced', 'complained'],
  delivered: ['bounced', 'complained'],
  bounced: [],
  complained: [],
  handed: [],
  failed: [],
  expired: [],
  undeliverable: [],
};

/** Those a person should look at; the index for them holds no others. */
export const troubleStates = [
  'failed',
  'unknown',
  'bounced',
  'complained',
  'expired',
  'undeliverable',
] as const satisfies readonly NotificationState[];
export type TroubleState = (typeof troubleStates)[number];

export const isTrouble = (state: NotificationState): state is TroubleState =>
  troubleStates.some((each) => each === state);

/** Something derived from the stage's secret when the letter is handed off; until then a placeholder stands for it. */
export const tokenRef = z.strictObject({ purpose: z.string().min(1), ref: z.string().min(1) });
export type TokenRef = z.infer<typeof tokenRef>;

export const recipientSchema = z.strictObject({
  userId: z.string().min(1).optional(),
  /** Takes the place of the one the person has confirmed: a letter that asks to confirm an address goes to it. */
  email: emailSchema.optional(),
  phone: z
    .string()
    .regex(/^\+\d{8,15}$/)
    .optional(),
});
export type Recipient = z.infer<typeof recipientSchema>;

/** The stored file of a letter: its words, without the token. */
export interface StoredFile {
  readonly key: string;
  /** Lowercase hex, of the file's bytes. */
  readonly sha256: string;
  readonly bytes: number;
}

/** One notification to one person. */
export interface Notification {
  readonly id: string;
  /** What it is for: the same key never makes a second one. */
  readonly key: string;
  readonly template: TemplateName;
  /** 0: the one we ship. */
  readonly templateVersion: number;
  readonly locale: Locale;
  readonly channel?: Channel;
  readonly state: NotificationState;
  readonly userId?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly file?: StoredFile;
  readonly tokenRef?: TokenRef;
  /** Hand-offs begun. */
  readonly attempts: number;
  /** When the hand-off under way began. */
  readonly claimedAt?: Instant;
  /** Nothing is sent after it. */
  readonly validUntil: Instant;
  /** Why it is where it is: a word of ours, and what the mail server said, without addresses. */
  readonly reason?: string;
  readonly answer?: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly version: number;
}

/** What we know of a person: a copy of what identity publishes, its version included. */
export interface Contact {
  readonly userId: string;
  readonly phone: string;
  readonly email?: string;
  readonly emailConfirmed: boolean;
  readonly name?: string;
  readonly locale: Locale;
  readonly roles: readonly string[];
  readonly locked: boolean;
  readonly version: number;
}

/** The words of a template in one language. */
export interface Wording {
  readonly subject: string;
  readonly text: string;
  /** What stands inside the body; the frame around it is ours. */
  readonly html: string;
  /** Present for templates which may go as SMS. */
  readonly sms?: string;
}

export type WordingPart = keyof Wording;

/** A part of a wording that cannot be used, and why, in words for whoever edited it. */
export interface BrokenPart {
  readonly part: WordingPart;
  readonly message: string;
}

/** An edited wording; the one we ship is version 0. */
export interface WordingVersion extends Wording {
  readonly template: TemplateName;
  readonly locale: Locale;
  readonly version: number;
  readonly at: Instant;
  readonly actorId: string;
}

/** The id follows from the key, so that the item itself is the record of the key. */
export const notificationIdOf = (key: string): string => derivedId('ntf', key);

/**
 * Stands for the token in the stored letter. Whoever writes a name into a letter cannot know it, and none of its
 * characters is changed by HTML or by a URL.
 */
export const tokenPlaceholder = (notificationId: string): string =>
  `TOKEN${derivedUuid('token', notificationId).replaceAll('-', '')}`;
