import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { CommitConflict } from '../../platform/storage/write.ts';
import type { Limits, Ticket } from '../model.ts';
import { planId, planWrite } from '../repository/decisions.ts';
import { capsOf, executorWrites, placeOf } from '../repository/executors.ts';
import { findLimits } from '../repository/limits.ts';
import { listTickets } from '../repository/tickets.ts';
import { effectiveLimits } from '../settings/limits.ts';
import { assignShare, type Share, type SharedPlan, sharesOf } from './assign-planned.ts';
import { planAssignments } from './plan-assignments.ts';
import { type DeskView, readDesk } from './read-desk.ts';

/** Transactions under way at once. More only fight for the store. */
const PARALLEL = 8;

export interface Round {
  readonly assigned: number;
  /** Shares that somebody else was faster with. */
  readonly lost: number;
  /** A further look may find more to assign. */
  readonly more: boolean;
  readonly lastNumber: number;
}

const inParallel = async <T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> => {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += PARALLEL) {
    results.push(...(await Promise.all(items.slice(start, start + PARALLEL).map(work))));
  }
  return results;
};

/** Puts executors that a change of limits left in the wrong list where they belong. Losing a race is no harm. */
const relist = async (rt: Runtime, view: DeskView, limits: Limits): Promise<void> => {
  const misplaced = [...view.executors.values()].filter(
    (each) => each.caps !== capsOf(limits) || each.place !== placeOf(each.executor, limits),
  );
  await inParallel(misplaced, async (each) => {
    const after = { ...each.executor, version: each.executor.version + 1 };
    try {
      await commit(rt, { writes: executorWrites(rt, { before: each, after, limits }) });
    } catch (error) {
      if (!(error instanceof CommitConflict)) throw error;
    }
  });
};

interface Plan {
  readonly shared: SharedPlan;
  readonly shares: readonly Share[];
  readonly waiting: number;
}

const plan = (view: DeskView, context: { deskId: string; limits: Limits; firstNumber: number }): Plan => {
  const input = { ...view.input, firstNumber: context.firstNumber };
  const { assignments, waiting } = planAssignments(input);
  const shares = sharesOf(view, assignments);
  return {
    shares,
    waiting: waiting.length,
    shared: {
      deskId: context.deskId,
      limits: context.limits,
      view,
      lastNumber: context.firstNumber + assignments.length - 1,
      planId: shares.length > 1 ? planId(context.firstNumber) : undefined,
      record: { input, others: view.others },
    },
  };
};

const carryOut = async (rt: Runtime, { shared, shares }: Plan): Promise<Pick<Round, 'assigned' | 'lost'>> => {
  const ids = shares.flatMap((share) => share.assignments.map(({ ticketId }) => ticketId));
  const tickets = new Map(
    (await listTickets(rt, ids)).map((ticket): [string, Ticket] => [ticket.id, ticket]),
  );
  if (shared.planId) {
    await commit(rt, {
      writes: [planWrite(rt, { deskId: shared.deskId, id: shared.planId, record: shared.record })],
    });
  }
  const won = await inParallel(shares, (share) => assignShare(rt, shared, { ...share, tickets }));
  const assigned = shares.reduce((sum, share, index) => sum + (won[index] ? share.assignments.length : 0), 0);
  return { assigned, lost: won.filter((each) => !each).length };
};

/** Whether another look can find what this one did not: tickets further back, or somebody for those left over. */
const worthAnother = (view: DeskView, { shares, waiting }: Plan): boolean => {
  const dealtOut = shares.some((share) => share.assignments.length >= view.input.dealAtMost);
  return view.more.tickets || (waiting > 0 && (view.more.executors || dealtOut));
};

/** One look, one plan, its transactions. */
export const dispatchRound = async (
  rt: Runtime,
  look: { deskId: string; depth: number; last: number },
): Promise<Round> => {
  const { deskId, depth, last } = look;
  const limits = effectiveLimits(await findLimits(rt), deskId);
  const view = await readDesk(rt, { deskId, limits, depth });
  const planned = plan(view, { deskId, limits, firstNumber: last + 1 });
  const more = worthAnother(view, planned);
  if (planned.shares.length === 0) {
    await relist(rt, view, limits);
    return { assigned: 0, lost: 0, more, lastNumber: last };
  }
  return { ...(await carryOut(rt, planned)), more, lastNumber: planned.shared.lastNumber };
};
