import type { Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { Due, PendingDue } from '../../platform/timers/due-item.ts';
import { findItem, type Key } from '../core/table.ts';
import { lineKey } from '../core/ticket-repository.ts';
import { type DeskTimer, deskTimers } from '../desk-timers.ts';
import { decisions } from '../dispatch/decision-repository.ts';
import type { Ticket } from '../model.ts';

/** The deadline stored with a waiting ticket's line entry: it says at which stage the wait is. */
export const findLineDue = async (
  rt: Runtime,
  ticket: Ticket,
): Promise<PendingDue<DeskTimer> | undefined> => {
  const key = lineKey(ticket);
  const item = key && (await findItem(rt, key));
  return item && deskTimers.pending(item);
};

/** A decision's acceptance deadline, and whether it was counted as missed already. */
export interface MarkedDecision {
  readonly key: Key;
  readonly deadline: Instant | undefined;
  readonly missed: boolean;
}

export const findMarkedDecision = async (
  rt: Runtime,
  deskId: string,
  decision: string,
): Promise<MarkedDecision | undefined> => {
  const key = decisions.key({ deskId, id: decision });
  const item = await findItem(rt, key);
  if (!item) return undefined;
  const { missed = false } = decisions.parse(rt, item);
  return { key, deadline: deskTimers.pending(item)?.deadline, missed };
};

/** Moves or ends the acceptance deadline of a decision, and notes that it was missed. */
export const decisionDueWrite = (
  rt: Runtime,
  key: Key,
  { due, missed }: { due: Due | undefined; missed: boolean },
): Write => ({ Update: deskTimers.update(rt, key, { due, set: missed ? { missed } : {} }) });
