// @pure

import * as z from 'zod';
import { epochMs } from '../../platform/clock.ts';
import { derivedId, derivedIdAt } from '../../platform/derived-id.ts';
import { textUpTo } from '../../platform/input/pasted-text.ts';
import { lazily, type ReadBy, storedInstant } from '../../platform/storage/stored-schema.ts';
import { attachmentSchema, ticketIdSchema } from '../model.ts';

export const MAX_TEXT_CHARS = 4000;

export const textSchema = textUpTo(MAX_TEXT_CHARS);

export const messageStates = ['accepted', 'processed', 'rejected'] as const;

/** A client's message as it was accepted, and what became of it. */
export const messageSchema = lazily(() =>
  z.object({
    messageId: z.string(),
    clientId: z.string(),
    /** Position among the client's messages: they are processed in this order. */
    seq: z.int(),
    state: z.enum(messageStates),
    acceptedAt: storedInstant(),
    /** Hash of the request: the same key with another body is an error. */
    bodyHash: z.string(),
    urgent: z.boolean(),
    requestedTicketId: z.string().optional(),
    /** Of a message that was rejected, and of one accepted before the text was kept in the inbox entry. */
    text: z.string().optional(),
    attachments: z.array(attachmentSchema()).optional(),
    ticketId: z.string().optional(),
    /** Present when urgency was requested (R-DESK-13). */
    urgentGranted: z.boolean().optional(),
    /** Why it was rejected. */
    reason: z.string().optional(),
  }),
);
export type Message = ReadBy<typeof messageSchema>;

/** What placing a message needs to know of it. */
export type WaitingMessage = Pick<
  Message,
  'messageId' | 'clientId' | 'seq' | 'acceptedAt' | 'urgent' | 'requestedTicketId' | 'text' | 'attachments'
>;

/**
 * The id of the message that this client posts under this Idempotency-Key. It is derived, so the message item itself is the
 * record of the key, for ever (R-DESK-02). Neither part can hold a line feed.
 */
export const messageIdOf = (clientId: string, idempotencyKey: string): string =>
  derivedId('msg', clientId, idempotencyKey);

/**
 * The id of the ticket that this message opens, if it opens one. It is derived, so that the message need not be updated: one that
 * is in the inbox no more and says of no ticket has opened this one.
 */
export const openedTicketId = ({
  messageId,
  acceptedAt,
}: Pick<Message, 'messageId' | 'acceptedAt'>): string =>
  derivedIdAt('tkt', epochMs(acceptedAt), 'opened-by', messageId);

/** The ticket a message names; undefined for whatever cannot be one, which is no error (R-DESK-03). */
export const requestedTicket = (value: unknown): string | undefined => ticketIdSchema.safeParse(value).data;
