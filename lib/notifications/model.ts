import * as z from 'zod';
import { derivedId, derivedUuid } from '../platform/derived-id.ts';
import { emailSchema } from '../platform/input/email-address.ts';
import { lazily, type ReadBy, storedInstant } from '../platform/storage/stored-schema.ts';

export const locales = ['ru', 'en'] as const;
export type Locale = (typeof locales)[number];

export const channels = ['email', 'sms'] as const;
export type Channel = (typeof channels)[number];

/** Every template there is. What each needs and who gets it is declared in catalogue.ts. */
export const templateNames = [
  'email-confirmation',
  'staff-welcome',
  'account-changed',
  'approval-waits',
  'acted-alone',
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
 * to reach the user when it was composed. `unknown`: the mail server's answer was lost; it is not sent again, and only
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

/** Those that staff should examine; the index for them holds no others. */
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

/** Why an address gets no e-mails. */
export const stoppedReasons = ['bounced', 'complained'] as const;
export type StoppedReason = (typeof stoppedReasons)[number];

/** Something derived from the stage's secret when the e-mail is handed off; until then a placeholder stands for it. */
export const tokenRef = z.strictObject({ purpose: z.string().min(1), ref: z.string().min(1) });

export const recipientSchema = z.strictObject({
  userId: z.string().min(1).optional(),
  /** Used instead of the one the user has confirmed: an e-mail that asks to confirm an address goes to it. */
  email: emailSchema.optional(),
  phone: z
    .string()
    .regex(/^\+\d{8,15}$/)
    .optional(),
});
export type Recipient = z.infer<typeof recipientSchema>;

/** The stored file of an e-mail: its words, without the token. */
const storedFile = lazily(() =>
  z.object({
    key: z.string(),
    /** Lowercase hex, of the file's bytes. */
    sha256: z.string(),
    bytes: z.int(),
  }),
);
export type StoredFile = ReadBy<typeof storedFile>;

/** One notification to one user. */
export const notificationSchema = lazily(() =>
  z.object({
    id: z.string(),
    /** What it is for: the same key never makes a second one. */
    key: z.string(),
    template: z.enum(templateNames),
    /** 0: the version shipped with the product. */
    templateVersion: z.int(),
    locale: z.enum(locales),
    channel: z.enum(channels).optional(),
    state: z.enum(notificationStates),
    userId: z.string().optional(),
    email: z.string().optional(),
    phone: z.string().optional(),
    file: storedFile().optional(),
    tokenRef: tokenRef.optional(),
    /** Hand-offs begun. */
    attempts: z.int(),
    /** When the hand-off under way began. */
    claimedAt: storedInstant().optional(),
    /** Nothing is sent after it. */
    validUntil: storedInstant(),
    /** Why it is where it is: a word of ours, and what the mail server said, without addresses. */
    reason: z.string().optional(),
    answer: z.string().optional(),
    createdAt: storedInstant(),
    updatedAt: storedInstant(),
    version: z.int(),
  }),
);
export type Notification = ReadBy<typeof notificationSchema>;

/** The copy of a user, from what identity publishes, its version included. */
export const contactSchema = lazily(() =>
  z.object({
    userId: z.string(),
    phone: z.string(),
    email: z.string().optional(),
    emailConfirmed: z.boolean(),
    name: z.string().optional(),
    locale: z.enum(locales),
    roles: z.array(z.string()),
    locked: z.boolean(),
    version: z.int(),
  }),
);
export type Contact = ReadBy<typeof contactSchema>;

/** The words of a template in one language. */
const content = lazily(() =>
  z.object({
    subject: z.string(),
    text: z.string(),
    /** The content of the body element; the frame around it is ours. */
    html: z.string(),
    /** Present for templates which may go as SMS. */
    sms: z.string().optional(),
  }),
);
export type TemplateContent = ReadBy<typeof content>;

export type ContentPart = keyof TemplateContent;

/** A part of a template version that cannot be used, and why, in words for whoever edited it. */
export interface BrokenPart {
  readonly part: ContentPart;
  readonly message: string;
}

/** An edited template version; the one we ship is version 0. */
export const templateVersionSchema = lazily(() =>
  content().extend({
    template: z.enum(templateNames),
    locale: z.enum(locales),
    version: z.int(),
    at: storedInstant(),
    actorId: z.string(),
  }),
);
export type TemplateVersion = ReadBy<typeof templateVersionSchema>;

/** An address that gets no e-mails for a while. */
export const stoppedAddressSchema = lazily(() =>
  z.object({
    /** SHA-256 of the address in small letters, hex: the list of addresses that e-mails bounced from is nobody's to read. */
    hash: z.string(),
    reason: z.enum(stoppedReasons),
    until: storedInstant(),
  }),
);

/** The id follows from the key, so that the item itself is the record of the key. */
export const notificationIdOf = (key: string): string => derivedId('ntf', key);

/**
 * Stands for the token in the stored e-mail. Whoever writes a name into an e-mail cannot know it, and none of its
 * characters is changed by HTML or by a URL.
 */
export const tokenPlaceholder = (notificationId: string): string =>
  `TOKEN${derivedUuid('token', notificationId).replaceAll('-', '')}`;
