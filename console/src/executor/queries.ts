import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.ts';
import type { Ticket } from '../api/types.ts';

const PAGE = 100;

/** All that the reader holds: a few times their room. */
const loadHeld = async (signal: AbortSignal): Promise<readonly Ticket[]> => {
  const items: Ticket[] = [];
  let cursor: string | undefined;
  do {
    const query = { held: 'now' as const, limit: PAGE, ...(cursor !== undefined && { cursor }) };
    const page = await bodyOf(api.GET('/v1/tickets', { params: { query }, signal }));
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
};

export const heldQuery = queryOptions({
  queryKey: ['tickets', 'held'],
  meta: { topics: ['me'] },
  queryFn: ({ signal }) => loadHeld(signal),
});

export const ticketQuery = (ticketId: string) =>
  queryOptions({
    queryKey: ['ticket', ticketId],
    meta: { topics: [`ticket:${ticketId}`] },
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/v1/tickets/{ticketId}', { params: { path: { ticketId } }, signal })),
  });

export const presenceQuery = queryOptions({
  queryKey: ['presence'],
  meta: { topics: ['me'] },
  queryFn: ({ signal }) => bodyOf(api.GET('/v1/executors/me', { signal })),
});

export const nextQuery = queryOptions({
  queryKey: ['next'],
  meta: { topics: ['me'] },
  queryFn: ({ signal }) => bodyOf(api.GET('/v1/executors/me/next', { signal })),
});

export const colleaguesQuery = queryOptions({
  queryKey: ['colleagues'],
  queryFn: ({ signal }) =>
    bodyOf(api.GET('/v1/executors/colleagues', { params: { query: { limit: PAGE } }, signal })),
});

export const whyQuery = (ticketId: string) =>
  queryOptions({
    queryKey: ['why', ticketId],
    meta: { topics: [`ticket:${ticketId}`] },
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/v1/tickets/{ticketId}/why', { params: { path: { ticketId } }, signal })),
  });

export const clientQuery = (clientId: string) =>
  queryOptions({
    queryKey: ['client', clientId],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/v1/clients/{clientId}', { params: { path: { clientId } }, signal })),
  });

export const useHeld = () => useQuery(heldQuery);
export const usePresence = () => useQuery(presenceQuery);

/** Fetches what an action may have changed. */
export const useRefresh = () => {
  const client = useQueryClient();
  return (): void => {
    for (const key of ['tickets', 'ticket', 'thread', 'presence', 'next', 'colleagues', 'why'])
      void client.invalidateQueries({ queryKey: [key] });
  };
};
