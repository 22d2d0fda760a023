import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { CommitConflict } from '../../platform/storage/write.ts';
import { executorWrites } from '../core/executor-repository.ts';
import { findLimits } from '../core/limit-repository.ts';
import { capsOf, placeOf } from '../core/roster-entries.ts';
import { listTickets } from '../core/ticket-repository.ts';
import type { Limits, Ticket } from '../model.ts';
import { assignShare, type Share, type SharedPlan, sharesOf } from './assign-planned.ts';
import { planId, planWrite } from './decision-repository.ts';
import { hasRoomAfter, type PlanInput, planAssignments, servingOrder } from './plan-assignments.ts';
import { type DeskView, readDesk } from './read-desk.ts';

/** Transactions under way at once. More only fight for the store. */
export const PARALLEL = 8;

export interface Round {
  readonly assigned: number;
  /** Shares that somebody else was faster with. */
  readonly lost: number;
  /** A further round may find more to assign. */
  readonly more: boolean;
  readonly lastNumber: number;
}

/** Called now and then while a plan is carried out: false when its dispatcher must stop. */
export type MayGoOn = () => Promise<boolean>;

/** So many transactions until it is called again. */
const CHECK_AFTER = 100;

/** Each item in turn, some at once. What was not begun when it had to stop has no result. */
const inParallel = async <T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  mayGoOn: MayGoOn = async () => true,
): Promise<R[]> => {
  const results: R[] = [];
  let next = 0;
  const worker = async (end: number) => {
    while (next < end) {
      const index = next;
      next += 1;
      results[index] = await work(items[index] as T);
    }
  };
  while (next < items.length && (next === 0 || (await mayGoOn()))) {
    const end = Math.min(items.length, next + CHECK_AFTER);
    await Promise.all(Array.from({ length: PARALLEL }, () => worker(end)));
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

/** A plan does not depend on tickets behind the last one it assigns: its record goes without them. */
const recorded = (input: PlanInput, lastTicketId: string | undefined): PlanInput => {
  const tickets = [...input.tickets].sort(servingOrder);
  return {
    ...input,
    tickets: tickets.slice(0, tickets.findIndex((each) => each.ticketId === lastTicketId) + 1),
  };
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
      planned: new Map(input.tickets.map((ticket) => [ticket.ticketId, ticket])),
      lastNumber: context.firstNumber + assignments.length - 1,
      planId: shares.length > 1 ? planId(context.firstNumber) : undefined,
      record: { input: recorded(input, assignments.at(-1)?.ticketId), others: view.others },
    },
  };
};

const carryOut = async (
  rt: Runtime,
  { shared, shares }: Plan,
  { mayGoOn, unreadable }: Pick<RoundInput, 'mayGoOn' | 'unreadable'>,
): Promise<Pick<Round, 'assigned' | 'lost'>> => {
  const ids = shares.flatMap((share) => share.assignments.map(({ ticketId }) => ticketId));
  const found = await listTickets(rt, ids);
  const tickets = new Map(found.items.map((ticket): [string, Ticket] => [ticket.id, ticket]));
  if (found.omitted) for (const id of ids) if (!tickets.has(id)) unreadable.add(id);
  if (shared.planId) {
    await commit(rt, {
      writes: [planWrite(rt, { deskId: shared.deskId, id: shared.planId, record: shared.record })],
    });
  }
  const won = await inParallel(shares, (share) => assignShare(rt, shared, { ...share, tickets }), mayGoOn);
  const assigned = shares.reduce((sum, share, index) => sum + (won[index] ? share.assignments.length : 0), 0);
  return { assigned, lost: shares.length - won.filter(Boolean).length };
};

/** Whether another round can find what this one did not: tickets further back, or somebody for those left over. */
const worthAnother = (view: DeskView, { shares, waiting }: Plan): boolean => {
  const { input, more } = view;
  const dealt = new Map(
    shares.map(({ executor, assignments }) => [executor.executor.id, assignments.length]),
  );
  if (more.executors || shares.some(({ assignments }) => assignments.length >= input.dealAtMost)) {
    return more.tickets || waiting > 0;
  }
  const roomLeft = input.executors.some((each) => hasRoomAfter(input, each, dealt.get(each.executorId) ?? 0));
  return more.tickets && roomLeft;
};

export interface RoundInput {
  readonly deskId: string;
  readonly depth: number;
  readonly last: number;
  readonly mayGoOn: MayGoOn;
  /** Tickets of this run that nobody can read (`stored-shape-unknown`); a round adds those it meets. */
  readonly unreadable: Set<string>;
}

/** Tickets after one that cannot be read are assigned without it. */
const without = (unreadable: ReadonlySet<string>, view: DeskView): DeskView =>
  unreadable.size === 0
    ? view
    : {
        ...view,
        input: {
          ...view.input,
          tickets: view.input.tickets.filter(({ ticketId }) => !unreadable.has(ticketId)),
        },
      };

/** One read, one plan, its transactions. */
export const dispatchRound = async (rt: Runtime, input: RoundInput): Promise<Round> => {
  const { deskId, depth, last, unreadable } = input;
  const limits = await findLimits(rt, deskId);
  const view = without(unreadable, await readDesk(rt, { deskId, limits, depth }));
  const planned = plan(view, { deskId, limits, firstNumber: last + 1 });
  const more = worthAnother(view, planned);
  if (planned.shares.length === 0) {
    await relist(rt, view, limits);
    return { assigned: 0, lost: 0, more, lastNumber: last };
  }
  return { ...(await carryOut(rt, planned, input)), more, lastNumber: planned.shared.lastNumber };
};
