import * as z from 'zod';
import { instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Commit } from '../../platform/storage/commit.ts';
import type { Idempotency } from '../../platform/storage/idempotency.ts';
import { lazily } from '../../platform/storage/stored-schema.ts';
import { messageIdOf } from '../intake/message.ts';
import { messageIdSchema, type ThreadEntry, ticketIdSchema } from '../model.ts';
import type { ActionView, TicketCommand } from './act-on-ticket.ts';
import { attachmentView } from './views.ts';

/** A reply or note as it was written. Addresses to fetch its files from run out, so the thread gives those. */
export const staffEntryView = lazily(() =>
  z
    .object({
      messageId: messageIdSchema,
      ticketId: ticketIdSchema,
      kind: z.enum(['reply', 'note']),
      authorAs: z.enum(['executor', 'manager']),
      at: z.iso.datetime(),
      text: z.string(),
      attachments: z.array(attachmentView().omit({ url: true }).extend({ contentType: z.string() })),
    })
    .meta({ id: 'StaffEntry' }),
);
export type StaffEntry = z.infer<ReturnType<typeof staffEntryView>>;

/**
 * What staff add to a thread. Its id follows from who wrote it under which key: of two requests with one key the later
 * finds the attachments used by itself, and gets the first one's answer.
 */
export const staffEntry = (
  rt: Runtime,
  kind: StaffEntry['kind'],
  command: TicketCommand & { text: string; idempotency: Idempotency },
): ThreadEntry & { kind: StaffEntry['kind'] } => ({
  messageId: messageIdOf(`${kind} ${command.caller.id}`, command.idempotency.key),
  ticketId: command.ticketId,
  kind,
  authorId: command.caller.id,
  at: instant(rt.clock.nowMs()),
  text: command.text,
  attachments: [],
});

/** In what capacity somebody of staff writes; the reader sees who spoke. */
export const writtenAs = ({ as }: Pick<ActionView, 'as'>): 'executor' | 'manager' =>
  as === 'manager' ? 'manager' : 'executor';

/** The answer that a repeat gets. */
export const writtenAnswer = (idempotency: Idempotency, entry: ThreadEntry): Commit['answer'] => ({
  idempotency,
  stored: { status: 201, body: staffEntryView().parse(entry) },
});
