import type { Runtime } from '../../platform/runtime.ts';
import { findExecutor } from '../core/executor-repository.ts';
import type { KnownUser } from '../core/known-user.ts';
import { findKnownUsers } from '../core/known-user-repository.ts';
import { firstStart } from '../core/normal-name.ts';
import { listTickets } from '../core/ticket-repository.ts';
import { holdingOf } from '../core/ticket-states.ts';
import type { Ticket } from '../model.ts';
import type { Meanings } from './read-query.ts';

/** So many of one hand are searched, the newest: all their clients are read. */
const AT_MOST = 1000;

const fits = ({ userId, phone, name = '' }: KnownUser, meant: Meanings): boolean =>
  userId === meant.userId ||
  meant.phones.includes(phone) ||
  (meant.name !== undefined && firstStart(name, meant.name) !== undefined);

/** Tickets in an executor's hand whose client fits, the newest first. */
export const ticketsInHand = async (rt: Runtime, executorId: string, meant: Meanings): Promise<Ticket[]> => {
  if (meant.phones.length === 0 && meant.name === undefined && meant.userId === undefined) return [];
  const executor = (await findExecutor(rt, executorId))?.executor;
  if (!executor) return [];
  const ids = [...new Set([...executor.open, ...executor.parked])].sort().reverse();
  const { items } = await listTickets(rt, ids.slice(0, AT_MOST));
  const held = items.filter((ticket) => holdingOf(ticket, executor) === 'holds');
  const users = await findKnownUsers(
    rt,
    held.map(({ clientId }) => clientId),
  );
  return held.filter(({ clientId }) => {
    const client = users.get(clientId);
    return client !== undefined && fits(client, meant);
  });
};
