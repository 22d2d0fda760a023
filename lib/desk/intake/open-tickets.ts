import { classifyFailure, type RejectReason } from '../../platform/queue/classify-failure.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { CommitConflict } from '../../platform/storage/write.ts';
import { commitChange } from '../core/change.ts';
import { type InboxEntry, listInboxEntries, messageExists, rejectedWrites } from './message-repository.ts';
import { placeMessage } from './place-message.ts';

const PAGE = 25;

export interface Rejection extends RejectReason {
  readonly entry: InboxEntry;
}

/** Reports a message that cannot be processed; called before its entry is removed, so that a crash cannot lose the report. */
export type Report = (rejection: Rejection) => Promise<void>;

/** A lost race means that another delivery of the same wake-up has dealt with the entry. */
const reject = async (rt: Runtime, entry: InboxEntry, reason: RejectReason): Promise<void> => {
  const exists = await messageExists(rt, entry.messageId);
  const writes = rejectedWrites(rt, entry, { reason: reason.code, exists });
  await commitChange(rt, { writes, events: [] }).catch((error: unknown) => {
    if (!(error instanceof CommitConflict)) throw error;
  });
};

/**
 * A permanent failure marks the message `rejected`, so that later ones are processed. Anything unforeseen is thrown: it may
 * be our own fault and mended by the next deploy, and until then it holds up this one client, whose messages keep
 * their order.
 */
const settle = async (rt: Runtime, entry: InboxEntry, report: Report): Promise<void> => {
  try {
    await placeMessage(rt, entry);
  } catch (error) {
    const verdict = classifyFailure(error);
    if (verdict.kind !== 'reject') throw error;
    await report({ ...verdict.reason, entry });
    await reject(rt, entry, verdict.reason);
  }
};

/**
 * Brings a client's accepted messages to their tickets, in the order of acceptance, whichever of them woke us: a
 * resent wake-up may overtake another, the entries cannot. Goes on until none is left; what a crash interrupts, the
 * next delivery continues.
 */
export const openTickets = async (rt: Runtime, clientId: string, report: Report): Promise<void> => {
  for (;;) {
    const entries = await listInboxEntries(rt, clientId, PAGE);
    for (const entry of entries) await settle(rt, entry, report);
    if (entries.length < PAGE) return;
  }
};
