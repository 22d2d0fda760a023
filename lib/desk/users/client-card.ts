import * as z from 'zod';
import { type Caller, hasRole } from '../../platform/caller.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { lazily } from '../../platform/storage/stored-schema.ts';
import { findExecutor } from '../core/executor-repository.ts';
import { findKnownUser } from '../core/known-user-repository.ts';
import { listIndexedTickets } from '../core/ticket-list-repository.ts';
import { listTickets } from '../core/ticket-repository.ts';
import { holdingOf } from '../core/ticket-states.ts';
import { type Ticket, userIdSchema } from '../model.ts';
import { withCards } from '../tickets/names.ts';
import { ticketView, ticketViewSchema } from '../tickets/views.ts';

/** More are in the list of tickets by client. */
const SHOWN_TICKETS = 20;

/** Who a client is, for whoever serves them. */
export const clientCardView = lazily(() =>
  z
    .object({
      clientId: userIdSchema,
      name: z.string().nullable().meta({ description: 'As entered by the user; null until then.' }),
      phone: z.string().nullable().meta({ description: 'E.164.' }),
      email: z.enum(['none', 'unconfirmed', 'confirmed']).nullable(),
      locale: z.string().nullable().meta({ description: 'Language of notifications to them.' }),
      tickets: z.array(ticketViewSchema()).max(SHOWN_TICKETS).meta({
        description:
          'The newest first: for an executor those of this client in their hand, for a manager any.',
      }),
    })
    .meta({ id: 'ClientCard' }),
);
export type ClientCard = z.infer<ReturnType<typeof clientCardView>>;

const missing = (): AppError => new AppError('missing', 'client-not-found', 'there is no such client');

/** The client's tickets in an executor's hand, the newest first. */
const heldTickets = async (rt: Runtime, executorId: string, clientId: string): Promise<Ticket[]> => {
  const executor = (await findExecutor(rt, executorId))?.executor;
  if (!executor) return [];
  const { items } = await listTickets(rt, [...new Set([...executor.open, ...executor.parked])]);
  return items
    .filter((ticket) => ticket.clientId === clientId && holdingOf(ticket, executor) === 'holds')
    .sort((a, b) => (a.id < b.id ? 1 : -1))
    .slice(0, SHOWN_TICKETS);
};

const newestTickets = async (rt: Runtime, clientId: string): Promise<Ticket[]> => {
  const list = { index: 'byClient', ownerId: clientId, half: undefined } as const;
  const ids = await listIndexedTickets(rt, list, { limit: SHOWN_TICKETS, after: undefined });
  return (await listTickets(rt, ids)).items.filter((ticket) => ticket.clientId === clientId);
};

/**
 * A client's card: for managers, and for an executor as long as they hold a ticket of that client. Throws
 * `client-not-found` for everybody else's clients too.
 */
export const readClientCard = async (
  rt: Runtime,
  { caller, clientId }: { caller: Caller; clientId: string },
): Promise<ClientCard> => {
  const manages = hasRole(caller, 'manager');
  const [user, tickets] = await Promise.all([
    findKnownUser(rt, clientId),
    manages ? newestTickets(rt, clientId) : heldTickets(rt, caller.id, clientId),
  ]);
  const isClient = tickets.length > 0 || (manages && user?.roles.includes('client') === true);
  if (!isClient) throw missing();
  const viewer = manages ? ('manager' as const) : ('executor' as const);
  const shown = tickets.map((ticket) => ({ ticket, viewer, view: ticketView(ticket, viewer, caller.id) }));
  return {
    clientId,
    name: user?.name ?? null,
    phone: user?.phone ?? null,
    email: user?.emailState ?? null,
    locale: user?.locale ?? null,
    tickets: await withCards(rt, shown, { viewerId: caller.id }),
  };
};
