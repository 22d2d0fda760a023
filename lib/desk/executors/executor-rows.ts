import type { Runtime } from '../../platform/runtime.ts';
import type { Readable } from '../../platform/storage/entity.ts';
import { listPresentExecutors, type PresentExecutor } from '../core/executor-repository.ts';
import { findLimits } from '../core/limit-repository.ts';
import { reconnectUntil } from '../core/presence.ts';
import { listTickets } from '../core/ticket-repository.ts';
import type { Limits, Ticket } from '../model.ts';
import type { ExecutorRowView } from './executor-row-view.ts';
import { toExecutorView } from './presence-view.ts';

interface Rows {
  readonly deskId: string;
  /** In the order wanted. */
  readonly ids: readonly string[];
  readonly turns: ReadonlyMap<string, number>;
}

interface Around {
  readonly limits: Limits;
  readonly tickets: ReadonlyMap<string, Ticket>;
  readonly turns: ReadonlyMap<string, number>;
}

const rowOf = ({ executor, beat }: PresentExecutor, { limits, tickets, turns }: Around): ExecutorRowView => {
  const held = executor.open.flatMap((id) => tickets.get(id) ?? []);
  // A set may still name a ticket that is on its way to others.
  const unaccepted = held.filter(
    ({ state, executorId }) => state === 'assigned' && executorId === executor.id,
  );
  return {
    ...toExecutorView(executor, beat),
    unaccepted: unaccepted.length,
    lastAssignedAt: executor.lastAssignedAt ?? null,
    reconnectUntil: reconnectUntil(executor, limits) ?? null,
    turn: turns.get(executor.id) ?? null,
  };
};

/** Tickets that one page reads: caps may be as high as 200. */
const MOST_TICKETS = 2000;

/** As many of them, the first at least, as hold no more tickets together than one page reads. */
const fitting = (executors: readonly PresentExecutor[]): readonly PresentExecutor[] => {
  let inHand = 0;
  const end = executors.findIndex(({ executor }, index) => {
    inHand += executor.open.length;
    return index > 0 && inHand > MOST_TICKETS;
  });
  return end < 0 ? executors : executors.slice(0, end);
};

export interface ExecutorRows extends Readable<ExecutorRowView> {
  /** The last one shown, when not all of them fit into a page. */
  readonly cutAfter?: string | undefined;
}

/** Executors with what is in their hands, as they lately were: one request per fifty of them, and one per hundred tickets. */
export const readExecutorRows = async (rt: Runtime, { deskId, ids, turns }: Rows): Promise<ExecutorRows> => {
  const lagging = true;
  const [limits, executors] = await Promise.all([
    findLimits(rt, deskId, { lagging }),
    listPresentExecutors(rt, ids, { lagging }),
  ]);
  const shown = fitting(executors.items);
  const inHand = shown.flatMap(({ executor }) => executor.open);
  const { items } = await listTickets(rt, inHand, { lagging });
  const tickets = new Map(items.map((ticket) => [ticket.id, ticket]));
  const around = { limits, tickets, turns };
  return {
    ...executors,
    items: shown.map((each) => rowOf(each, around)),
    ...(shown.length < executors.items.length && { cutAfter: shown.at(-1)?.executor.id }),
  };
};
