import type { Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Change } from '../../platform/storage/change.ts';
import { type DeskTimer, deskTimers } from '../desk-timers.ts';
import { type Decision, decisionWrite } from '../dispatch/decision-repository.ts';

interface ManualDecision {
  readonly deskId: string;
  readonly rule: Exclude<Decision['rule'], 'plan'>;
  readonly executorId: string;
  readonly ticketIds: readonly string[];
  readonly at: Instant;
  /** Until when the tickets must be accepted. */
  readonly dueAt: Instant;
  readonly overCap: boolean;
  readonly actorId: string;
  readonly limitsVersion: number;
}

const PREFIX = 'x';

/** The record of a manual decision, which carries the acceptance deadline of its tickets. */
export const manualDecision = (rt: Runtime, made: ManualDecision): { id: string; change: Change } => {
  const { ticketIds, dueAt, ...rest } = made;
  const id = rt.ids.next(PREFIX).replace('_', '');
  const { deskId, executorId } = made;
  const timer: DeskTimer = { kind: 'accept', deskId, decision: id, executorId, ticketIds: [...ticketIds] };
  const decision: Decision = { ...rest, id, tickets: ticketIds.map((ticketId) => ({ ticketId })) };
  const { due, events } = deskTimers.set(rt, timer, dueAt);
  return {
    id,
    change: {
      writes: [decisionWrite(rt, decision, { due })],
      events,
    },
  };
};
