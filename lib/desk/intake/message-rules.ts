import type { Instant } from '../../platform/clock.ts';
import { derivedId } from '../../platform/derived-id.ts';
import { textUpTo } from '../../platform/input/pasted-text.ts';
import { type Attachment, ticketIdSchema } from '../model.ts';

export const MAX_TEXT_CHARS = 4000;

export const textSchema = textUpTo(MAX_TEXT_CHARS);

export const messageStates = ['accepted', 'processed', 'rejected'] as const;

/** A client's message as it was accepted, and what became of it. */
export interface Message {
  readonly messageId: string;
  readonly clientId: string;
  /** Place among the client's messages: they are processed in this order. */
  readonly seq: number;
  readonly state: (typeof messageStates)[number];
  readonly acceptedAt: Instant;
  /** Hash of the request: the same key with another body is an error. */
  readonly bodyHash: string;
  readonly urgent: boolean;
  readonly requestedTicketId?: string | undefined;
  /** Text and attachments move to the ticket's thread when the message is processed. */
  readonly text?: string | undefined;
  readonly attachments?: readonly Attachment[] | undefined;
  readonly ticketId?: string | undefined;
  /** Present when urgency was asked for (R-DESK-13). */
  readonly urgentGranted?: boolean | undefined;
  /** Why it was rejected. */
  readonly reason?: string | undefined;
}

/**
 * The id of the message that this client posts under this Idempotency-Key. It is derived, so the message item itself is the
 * record of the key, for ever (R-DESK-02). Neither part can hold a line feed.
 */
export const messageIdOf = (clientId: string, idempotencyKey: string): string =>
  derivedId('msg', clientId, idempotencyKey);

/** The ticket a message asks for; undefined for whatever cannot be one, which is no error (R-DESK-03). */
export const requestedTicket = (value: unknown): string | undefined => ticketIdSchema.safeParse(value).data;
