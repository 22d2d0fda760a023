import type { Runtime } from '../../platform/runtime.ts';
import { queryIndex, queryPage } from './table.ts';
import { type Half, listPartition, tickets } from './ticket-repository.ts';

interface Slice {
  readonly limit: number;
  /** Id of the ticket given last. */
  readonly after: string | undefined;
}

const attributes = { byClient: 'clientList', byDesk: 'deskList' } as const;

export interface TicketIndex {
  readonly index: keyof typeof attributes;
  /** Id of the client or the desk. */
  readonly ownerId: string;
  /** Undefined: both. */
  readonly half: Half | undefined;
}

const idOf = (pk: string): string => pk.slice('TICKET#'.length);

const listHalf = async (
  rt: Runtime,
  { index, ownerId, half }: TicketIndex & { half: Half },
  { limit, after }: Slice,
): Promise<readonly string[]> => {
  const attribute = attributes[index];
  const value = listPartition(ownerId, half);
  const page = await queryIndex(rt, {
    index,
    partition: [attribute, value],
    limit,
    descending: true,
    ...(after && { after: { ...tickets.key({ id: after }), [attribute]: value, id: after } }),
  });
  return page.items.map(({ pk }) => idOf(pk));
};

/**
 * Ids from an index, newest first: one request a half. It may lag by a moment, so that a ticket just closed is in
 * both halves or in neither, and the reader checks each ticket itself.
 */
export const listIndexedTickets = async (
  rt: Runtime,
  list: TicketIndex,
  slice: Slice,
): Promise<readonly string[]> => {
  const halves: readonly Half[] = list.half ? [list.half] : ['open', 'closed'];
  const found = await Promise.all(halves.map((half) => listHalf(rt, { ...list, half }, slice)));
  return [...new Set(found.flat())].sort().reverse().slice(0, slice.limit);
};

const HELD = 'HELD#';

/** Ids of tickets that have left an executor's hand, newest first. */
export const listHeldBefore = async (
  rt: Runtime,
  executorId: string,
  { limit, after }: Slice,
): Promise<readonly string[]> => {
  const pk = `EXECUTOR#${executorId}`;
  const page = await queryPage(rt, {
    pk,
    beginsWith: HELD,
    limit,
    descending: true,
    ...(after && { after: { pk, sk: `${HELD}${after}` } }),
  });
  return page.items.map((item) => item.sk.slice(HELD.length));
};
