import type { Runtime } from '../../platform/runtime.ts';
import { queryIndex, queryPage } from './table.ts';
import { ticketKey } from './tickets.ts';

interface Slice {
  readonly limit: number;
  /** Id of the ticket given last. */
  readonly after: string | undefined;
}

const attributes = { byClient: 'clientId', byDesk: 'deskId' } as const;

export interface TicketIndex {
  readonly index: keyof typeof attributes;
  readonly value: string;
}

const idOf = (pk: string): string => pk.slice('TICKET#'.length);

/** Ids from an index, newest first. It may lag by a moment, and the reader checks each ticket itself. */
export const listIndexedTickets = async (
  rt: Runtime,
  { index, value }: TicketIndex,
  { limit, after }: Slice,
): Promise<readonly string[]> => {
  const attribute = attributes[index];
  const page = await queryIndex(rt, {
    index,
    partition: [attribute, value],
    limit,
    descending: true,
    ...(after && { after: { ...ticketKey(after), [attribute]: value, id: after } }),
  });
  return page.items.map(({ pk }) => idOf(pk));
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
