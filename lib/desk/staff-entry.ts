import { instant } from '../platform/clock.ts';
import type { Runtime } from '../platform/runtime.ts';
import type { Commit } from '../platform/storage/commit.ts';
import type { Idempotency } from '../platform/storage/idempotency.ts';
import type { TicketCommand } from './act-on-ticket.ts';
import { messageIdOf } from './message-rules.ts';
import type { ThreadEntry } from './model.ts';

/**
 * What staff add to a thread. Its id follows from who wrote it under which key: of two requests with one key the later
 * finds the attachments used by itself, and gets the first one's answer.
 */
export const staffEntry = (
  rt: Runtime,
  kind: 'reply' | 'note',
  command: TicketCommand & { text: string; idempotency: Idempotency },
): ThreadEntry => ({
  messageId: messageIdOf(`${kind} ${command.caller.id}`, command.idempotency.key),
  ticketId: command.ticketId,
  kind,
  authorId: command.caller.id,
  at: instant(rt.clock.nowMs()),
  text: command.text,
  attachments: [],
});

/** The answer that a repeat gets. */
export const writtenAnswer = (idempotency: Idempotency, entry: ThreadEntry): Commit['answer'] => ({
  idempotency,
  stored: { status: 201, body: entry },
});
