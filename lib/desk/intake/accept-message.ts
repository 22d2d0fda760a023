import type { Runtime } from '../../platform/runtime.ts';
import { type Idempotency, keyReused } from '../../platform/storage/idempotency.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { commitChange } from '../core/change.ts';
import { messageAcceptedEvent } from '../internal-events.ts';
import { takeTurn } from './client-repository.ts';
import { type Message, messageIdOf, requestedTicket } from './message.ts';
import { acceptWrites, findMessage } from './message-repository.ts';
import { useAttachments } from './uploads.ts';

export interface MessageDraft {
  readonly clientId: string;
  readonly idempotency: Idempotency;
  readonly text: string;
  /** Whatever the client sent: what is no ticket of theirs is no error. */
  readonly ticketId?: unknown;
  readonly urgent?: boolean | undefined;
  readonly attachments?: readonly string[] | undefined;
}

/** The same for the first request and every repeat of it. */
export interface Acceptance {
  readonly messageId: string;
  readonly state: 'accepted';
  readonly acceptedAt: string;
}

const acceptance = ({ messageId, acceptedAt }: Message): Acceptance => ({
  messageId,
  state: 'accepted',
  acceptedAt,
});

const repeated = (earlier: Message, { hash }: Idempotency): Acceptance => {
  if (earlier.bodyHash === hash) return acceptance(earlier);
  throw keyReused();
};

/**
 * Accepts a message durably before anything else happens to it (R-DESK-02). Its turn is taken first, by itself, so that a
 * client's messages do not contend with each other; one that was accepted before another was sent has the earlier turn.
 * Losing a race starts over: then the message of this key may be there already, and is the answer.
 * Throws AppError `idempotency-key-reused`, `attachment-invalid`, `busy`.
 */
export const acceptMessage = (rt: Runtime, draft: MessageDraft): Promise<Acceptance> =>
  untilCommitted(rt, async () => {
    const { clientId, idempotency, text, urgent = false, attachments: uploadIds = [] } = draft;
    const messageId = messageIdOf(clientId, idempotency.key);
    const earlier = await findMessage(rt, messageId);
    if (earlier) return repeated(earlier, idempotency);
    const { attachments, writes } = await useAttachments(rt, {
      ownerId: clientId,
      uploadIds,
      usedBy: messageId,
    });
    const { seq, acceptedAt } = await takeTurn(rt, clientId);
    const message: Message = {
      messageId,
      clientId,
      seq,
      state: 'accepted',
      acceptedAt,
      bodyHash: idempotency.hash,
      urgent,
      requestedTicketId: requestedTicket(draft.ticketId),
      text,
      attachments,
    };
    await commitChange(rt, {
      writes: [...acceptWrites(rt, message), ...writes],
      events: [messageAcceptedEvent(message)],
    });
    return acceptance(message);
  });
