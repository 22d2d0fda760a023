import type { Runtime } from '../../platform/runtime.ts';
import type { Readable } from '../../platform/storage/entity.ts';
import { findExecutor } from '../core/executor-repository.ts';
import type { KnownUser } from '../core/known-user.ts';
import { readKnownUsers } from '../core/known-user-repository.ts';
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

const NONE: Readable<Ticket> = { items: [] };

/** Tickets in an executor's hand whose client fits, the newest first. `omitted`: so many tickets or clients cannot be read. */
export const ticketsInHand = async (
  rt: Runtime,
  executorId: string,
  meant: Meanings,
): Promise<Readable<Ticket>> => {
  if (meant.phones.length === 0 && meant.name === undefined && meant.userId === undefined) return NONE;
  const executor = (await findExecutor(rt, executorId))?.executor;
  if (!executor) return NONE;
  const ids = [...new Set([...executor.open, ...executor.parked])].sort().reverse();
  const read = await listTickets(rt, ids.slice(0, AT_MOST));
  const held = read.items.filter((ticket) => holdingOf(ticket, executor) === 'holds');
  const known = await readKnownUsers(
    rt,
    held.map(({ clientId }) => clientId),
  );
  const items = held.filter(({ clientId }) => {
    const client = known.users.get(clientId);
    return client !== undefined && fits(client, meant);
  });
  const omitted = (read.omitted ?? 0) + (known.omitted ?? 0);
  return { items, ...(omitted > 0 && { omitted }) };
};
