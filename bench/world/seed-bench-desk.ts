import { commitChange, executorChange } from '../../lib/desk/core/change.ts';
import { releasing } from '../../lib/desk/core/executor.ts';
import { getExecutor } from '../../lib/desk/core/executor-repository.ts';
import type { Executor, Ticket } from '../../lib/desk/model.ts';
import type { BenchWorld } from './open-world.ts';
import {
  executorItems,
  executorsOf,
  isPlace,
  newDesk,
  putAll,
  type Scene,
  ticketItems,
  ticketsOf,
} from './seed-desk.ts';

/** The cap of a desk as it is delivered. */
export const PER_EXECUTOR = 5;

interface Wanted {
  readonly executors: number;
  readonly tickets: number;
  /** Tickets in each executor's hand. */
  readonly open: number;
  /** How many executors and tickets the run may come to; of the others only their places in the lists are made. */
  readonly reached: number;
  readonly limits?: Parameters<typeof newDesk>[1];
  /** A new one when none is named. */
  readonly deskId?: string;
}

/** A desk with so many executors and tickets in line. */
export const seedBenchDesk = async ({ aside }: BenchWorld, wanted: Wanted) => {
  const scene = await newDesk(aside, wanted.limits, wanted.deskId);
  // In the order of the roster, so that those who are reached are those who have all their items.
  const people = executorsOf(aside, scene, { count: wanted.executors, open: wanted.open }).sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );
  const tickets = ticketsOf(aside, scene, wanted.tickets);
  await putAll(aside, people.length, (index) => {
    const items = executorItems(aside, scene, people[index] as Executor);
    return index < wanted.reached ? items : items.filter(isPlace);
  });
  await putAll(aside, tickets.length, (index) => {
    const items = ticketItems(aside, scene, tickets[index] as Ticket);
    return index < wanted.reached * PER_EXECUTOR ? items : items.filter(isPlace);
  });
  return { scene, people };
};

/** An executor closes one of their tickets, past all that goes with it. */
export const freePlace = async (
  { aside }: BenchWorld,
  { limits }: Scene,
  executor: Executor | undefined,
): Promise<void> => {
  const before = await getExecutor(aside, executor?.id ?? '');
  const after = releasing(before.executor, before.executor.open.slice(0, 1));
  await commitChange(aside, { ...executorChange(aside, { before, after, limits }), events: [] });
};
