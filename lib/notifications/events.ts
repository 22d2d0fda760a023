import * as z from 'zod';
import { type EventDraft, eventOf } from '../platform/events/event.ts';
import { channels, locales, recipientSchema, templateNames, tokenRef } from './model.ts';

/**
 * What another module asks for: one notification to one person.
 * - `key`: what it is for. The same key never makes a second one, however late it comes.
 * - `channel`: `auto` is a letter to the confirmed address, else an SMS for the essential ones (docs/notifications.md).
 * - `locale`: the person's own when it is not said.
 * - `data`: by the catalogue's schema of the template.
 * - `tokenRef`: the link's token is `deriveToken(rt, purpose, ref)`, put in when the letter is handed off and stored nowhere.
 */
export const notificationRequest = z.object({
  key: z.string().min(1).max(300),
  template: z.enum(templateNames),
  locale: z.enum(locales).optional(),
  channel: z.enum([...channels, 'auto']).default('auto'),
  recipient: recipientSchema,
  data: z.record(z.string(), z.unknown()).default({}),
  tokenRef: tokenRef.optional(),
  /** Ours: it has waited once for identity's news of the person. */
  waited: z.boolean().optional(),
});

export type NotificationRequest = Omit<z.input<typeof notificationRequest>, 'waited'>;

export const NOTIFICATION_REQUESTED = 'notifications.requested';

export const notificationRequestedEvent = eventOf(notificationRequest);

/** The event that asks for a notification. It goes into the commit of what it tells of. */
export const notificationRequested = (request: NotificationRequest): EventDraft => ({
  type: NOTIFICATION_REQUESTED,
  data: request,
});

/** A letter stands ready for this attempt at handing it off; a message of an earlier attempt is of no use any more. */
export const letterDue = z.object({ notificationId: z.string(), attempt: z.int().min(1) });

export const LETTER_DUE = 'notifications.letter-due';

export const letterDueEvent = (data: z.infer<typeof letterDue>, deliverAt?: string): EventDraft => ({
  type: LETTER_DUE,
  data,
  ...(deliverAt !== undefined && { deliverAt }),
});

/** The time to tell of what was gathered has come. */
export const gatheredDue = z.object({ kind: z.string(), id: z.string(), openedAt: z.string() });

export const GATHERED_DUE = 'notifications.gathered-due';
