import type { Executor, Ticket } from '../../lib/desk/model.ts';
import type { TicketCommand } from '../../lib/desk/tickets/act-on-ticket.ts';
import { assignTicket } from '../../lib/desk/tickets/assign-ticket.ts';
import type { Caller, Role } from '../../lib/platform/caller.ts';
import type { Runtime } from '../../lib/platform/runtime.ts';
import { addTicket, executorNow, ticketNow } from './desk.ts';

export const MANAGER: Caller = { id: 'usr_test-manager', roles: ['manager'] };

/** What somebody wants of a ticket, as a handler would say it. */
export const by = (caller: Caller, ticket: Pick<Ticket, 'id'>): TicketCommand => ({
  ticketId: ticket.id,
  caller,
  origin: { ip: '127.0.0.1', requestId: 'test' },
});

export const as = ({ id }: { id: string }, ...roles: Role[]): Caller => ({ id, roles });

/** The ticket's executor wants something of it. */
export const byHolder = (executor: Executor, ticket: Pick<Ticket, 'id'>): TicketCommand =>
  by(as(executor, 'executor'), ticket);

/** A ticket assigned to this executor by a manager's hand, over the cap if need be. */
export const addAssigned = async (
  rt: Runtime,
  executor: Executor,
  given: Parameters<typeof addTicket>[1] = {},
): Promise<Ticket> => {
  const ticket = await addTicket(rt, { deskId: executor.homeDeskId, ...given });
  return assignTicket(rt, { ...by(MANAGER, ticket), executorId: executor.id, overCap: true });
};

/** The code an action is refused with; undefined when it went through. */
export const codeOf = (action: Promise<unknown>): Promise<string | undefined> =>
  action.then(
    () => undefined,
    (error: { code?: string }) => error.code ?? String(error),
  );

/** Every open set and every ticket tell the same story: each ticket in one hand, and in the one it names (R-DESK-07). */
export const expectOneHandEach = async (
  rt: Runtime,
  people: readonly Pick<Executor, 'id'>[],
  tickets: readonly Pick<Ticket, 'id'>[],
): Promise<{ executors: Executor[]; tickets: Ticket[] }> => {
  const executors = await Promise.all(people.map(({ id }) => executorNow(rt, id)));
  const now = await Promise.all(tickets.map(({ id }) => ticketNow(rt, id)));
  const byTickets = now
    .filter(({ state }) => state === 'assigned' || state === 'accepted')
    .map((ticket) => `${ticket.id} in hand of ${ticket.executorId}`);
  const bySets = executors.flatMap(({ id, open }) => open.map((ticketId) => `${ticketId} in hand of ${id}`));
  expect(bySets.toSorted()).toEqual(byTickets.toSorted());
  for (const { open, openUrgent } of executors) expect(open).toEqual(expect.arrayContaining([...openUrgent]));
  return { executors, tickets: now };
};
