import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.ts';
import type { paths } from '../api/schema.ts';
import type { Ticket } from '../api/types.ts';

/** One of the client's tickets; with its place in line while it waits. */
export type OwnTicket =
  paths['/v1/tickets/{ticketId}']['get']['responses'][200]['content']['application/json'];

const PAGE = 100;
/** Older ones are reached page by page where somebody wants them. */
const MOST_PAGES = 3;

const loadOwn = async (signal: AbortSignal): Promise<readonly Ticket[]> => {
  const items: Ticket[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const query = { limit: PAGE, ...(cursor !== undefined && { cursor }) };
    const page = await bodyOf(api.GET('/v1/tickets', { params: { query }, signal }));
    items.push(...page.items);
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  return items;
};

export const ownQuery = queryOptions({
  queryKey: ['tickets', 'own'],
  meta: { topics: ['me'] },
  queryFn: ({ signal }) => loadOwn(signal),
});

/** One of the client's tickets, with its place in line while it waits. */
export const ownTicketQuery = (ticketId: string) =>
  queryOptions({
    queryKey: ['ticket', ticketId],
    meta: { topics: [`ticket:${ticketId}`] },
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/v1/tickets/{ticketId}', { params: { path: { ticketId } }, signal })),
    // The place in line moves without the ticket's changing.
    refetchInterval: ({ state: { data } }) => (data?.state === 'waiting' ? 10_000 : false),
  });
