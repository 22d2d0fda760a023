import * as z from 'zod';
import { defineEvent, type EventData, type EventOf } from '../platform/events/define-event.ts';
import { digestKinds } from './digest.ts';
import { channels, locales, recipientSchema, templateNames, tokenRef } from './model.ts';

/**
 * One notification is to go to one user.
 * - `key`: what it is for. The same key never makes a second one, however late it comes.
 * - `channel`: `auto` is an e-mail to the confirmed address, else an SMS for the essential ones (docs/notifications.md).
 * - `locale`: the user's own when it is not given.
 * - `data`: by the catalogue's schema of the template.
 * - `tokenRef`: the link's token is `deriveToken(rt, purpose, ref)`, put in when the e-mail is handed off and stored nowhere.
 */
const request = () =>
  z.object({
    key: z.string().min(1).max(300),
    template: z.enum(templateNames),
    locale: z.enum(locales).optional(),
    channel: z.enum([...channels, 'auto']).default('auto'),
    recipient: recipientSchema,
    data: z.record(z.string(), z.unknown()).default({}),
    tokenRef: tokenRef.optional(),
    /** It has waited once for identity's event of the user. */
    waited: z.boolean().optional(),
  });
export type NotificationRequest = z.input<ReturnType<typeof request>>;

/** One notification is to go to one user. */
export const notificationRequested = defineEvent('notifications.requested', request);
export type RequestEvent = Pick<EventOf<typeof notificationRequested>, 'at' | 'data'>;

/** An e-mail is ready for this attempt to hand it off; a message of an earlier attempt is ignored. */
export const emailDue = defineEvent('notifications.email-due', () =>
  z.object({ notificationId: z.string(), attempt: z.int().min(1) }),
);

/** The delay of a digest is over: it is to be sent. */
export const digestDue = defineEvent('notifications.digest-due', () =>
  z.object({ kind: z.enum(digestKinds), id: z.string(), openedAt: z.string() }),
);
export type DigestDue = EventData<typeof digestDue>;
