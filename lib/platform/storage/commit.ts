import { AppError } from '../errors.ts';
import type { EventDraft } from '../events/event.ts';
import { queuesOf } from '../events/routes.ts';
import { remind } from '../events/send-reminders.ts';
import type { Runtime } from '../runtime.ts';
import { type Idempotency, idempotencyWrite, type StoredAnswer } from './idempotency.ts';
import { outboxRow, relay } from './outbox.ts';
import { transact } from './transact.ts';
import { CommitConflict, type Write } from './write.ts';

export interface Commit {
  /** Business writes, each conditional on the version or state that was read. */
  readonly writes: readonly Write[];
  readonly events?: readonly EventDraft[];
  /** The first answer to a creating request, kept so that a repeat gets the same. */
  readonly answer?: { readonly idempotency: Idempotency | undefined; readonly stored: StoredAnswer };
}

/**
 * The only way state changes: business writes, the answer's record and the events in one transaction; then the
 * events go to their queues. What a crash leaves behind is sent by the sweep, or, where there are reminders alone, by the
 * tick that finds what they tell of.
 * Throws Error on an event without a route, before anything is written; CommitConflict when a business condition failed; AppError `idempotency-race` when a request with the same
 * key got in first.
 */
export const commit = async (rt: Runtime, { writes, events = [], answer }: Commit): Promise<void> => {
  const commitId = rt.ids.next('cmt');
  const record = answer?.idempotency
    ? [idempotencyWrite(rt, { idempotency: answer.idempotency, stored: answer.stored })]
    : [];
  for (const { type } of events) queuesOf(type);
  const row = events.some(({ reminder }) => !reminder) ? outboxRow(rt, commitId, events) : undefined;
  try {
    // The token holds 36 characters at most: the bare UUID of the commit's id.
    await transact(rt, commitId.slice(4), [...writes, ...record, ...(row ? [row.write] : [])]);
  } catch (error) {
    throw record.length > 0 &&
      error instanceof CommitConflict &&
      error.failed.some((f) => f.index === writes.length)
      ? new AppError('conflict', 'idempotency-race', 'a request with this key was answered meanwhile', {
          cause: error,
        })
      : error;
  }
  if (row) await relay(rt, row);
  else if (events.length > 0) await remind(rt, events);
};
