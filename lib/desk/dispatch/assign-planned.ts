import type { Runtime } from '../../platform/runtime.ts';
import { joined } from '../../platform/storage/change.ts';
import { CommitConflict } from '../../platform/storage/write.ts';
import { commitChange, executorChange, ticketChange } from '../core/change.ts';
import { acceptBy } from '../core/deadlines.ts';
import { assigned } from '../core/executor.ts';
import type { PresentExecutor } from '../core/executor-repository.ts';
import { handed } from '../core/ticket-states.ts';
import { type DeskTimer, deskTimers } from '../desk-timers.ts';
import type { Limits, Ticket } from '../model.ts';
import { type Decision, decisionWrite, type PlanRecord, plannedId } from './decision-repository.ts';
import type { Assignment, PlanTicket } from './plan-assignments.ts';
import type { DeskView } from './read-desk.ts';

/** One executor's share of a plan: one transaction. */
export interface Share {
  readonly executor: PresentExecutor;
  readonly assignments: readonly Assignment[];
}

export interface SharedPlan {
  readonly deskId: string;
  readonly limits: Limits;
  readonly view: DeskView;
  /** The tickets as the plan saw them. */
  readonly planned: ReadonlyMap<string, PlanTicket>;
  readonly lastNumber: number;
  /** Set when the plan's record is an item of its own because several transactions share it. */
  readonly planId: string | undefined;
  readonly record: PlanRecord;
}

/** Groups a plan's assignments by executor, in the order of their first numbers. */
export const sharesOf = (view: DeskView, assignments: readonly Assignment[]): Share[] => {
  const groups = Map.groupBy(assignments, (assignment) => assignment.executorId);
  return [...groups].flatMap(([executorId, own]) => {
    const executor = view.executors.get(executorId);
    return executor ? [{ executor, assignments: own }] : [];
  });
};

const decisionOf = (plan: SharedPlan, { executor, assignments }: Share): Decision => ({
  id: plannedId(assignments[0]?.number ?? 0),
  deskId: plan.deskId,
  rule: 'plan',
  executorId: executor.executor.id,
  tickets: assignments.map(({ ticketId, number }) => ({ ticketId, number })),
  at: plan.view.input.at,
  limitsVersion: plan.limits.version,
  lastNumber: plan.lastNumber,
  ...(plan.planId && { planId: plan.planId }),
});

const earliest = (instants: readonly string[]): string => instants.reduce((a, b) => (a < b ? a : b));

/**
 * Whether a ticket is still as it was planned. One that became urgent, moved to another line or desk, or was
 * declined by this very executor meanwhile would be dealt by a plan that knew nothing of it.
 */
const standsAsPlanned = (plan: SharedPlan, ticket: Ticket, executorId: string): boolean => {
  const seen = plan.planned.get(ticket.id);
  return (
    ticket.state === 'waiting' &&
    ticket.deskId === plan.deskId &&
    ticket.line === seen?.line &&
    ticket.urgent === seen?.urgent &&
    (ticket.passedOver[executorId] ?? '') <= plan.view.input.at
  );
};

/** Hands one executor their share, all or nothing. False when somebody was first: the tickets are planned again. */
export const assignShare = async (
  rt: Runtime,
  plan: SharedPlan,
  share: Share & { tickets: ReadonlyMap<string, Ticket> },
): Promise<boolean> => {
  const { deskId, limits } = plan;
  const { executor } = share.executor;
  const at = plan.view.input.at;
  const decision = decisionOf(plan, share);
  const before = share.assignments.flatMap(({ ticketId }) => share.tickets.get(ticketId) ?? []);
  const asPlanned = before.every((ticket) => standsAsPlanned(plan, ticket, executor.id));
  if (before.length < share.assignments.length || !asPlanned) return false;
  const moved = before.map((ticket) => ({
    before: ticket,
    after: handed(ticket, { executor, at, acceptBy: acceptBy(ticket, limits, at), decision: decision.id }),
  }));
  const numbers = share.assignments.map(({ number }) => number);
  const dueAt = earliest(moved.map(({ after }) => after.acceptBy ?? at));
  const timer: DeskTimer = {
    kind: 'accept',
    deskId,
    decision: decision.id,
    executorId: executor.id,
    ticketIds: before.map((ticket) => ticket.id),
  };
  const { due, events } = deskTimers.set(rt, timer, dueAt);
  const changes = [
    executorChange(rt, {
      before: share.executor,
      after: assigned(executor, before, { at, numbers }),
      limits,
    }),
    ...moved.map((each) => ticketChange(rt, { ...each, limits, at, cause: 'assigned' })),
  ];
  try {
    await commitChange(rt, joined(...changes), {
      writes: [
        decisionWrite(rt, decision, {
          due,
          record: plan.planId ? undefined : plan.record,
        }),
      ],
      events,
    });
    return true;
  } catch (error) {
    if (error instanceof CommitConflict) return false;
    throw error;
  }
};
