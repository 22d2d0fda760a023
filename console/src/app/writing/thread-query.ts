import { queryOptions } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client.ts';
import type { ThreadEntry } from '../../api/types.ts';
import { queries } from '../queries.ts';

const PAGE = 100;

interface ThreadPage {
  /** Where it begins; undefined for the first. */
  readonly cursor: string | undefined;
  readonly items: readonly ThreadEntry[];
}

export interface Thread {
  readonly pages: readonly ThreadPage[];
}

export const entriesOf = (thread: Thread | undefined): readonly ThreadEntry[] =>
  thread?.pages.flatMap(({ items }) => items) ?? [];

/** Whole pages never change: only the last one is fetched anew, and what came after it. */
const load = async (ticketId: string, signal: AbortSignal): Promise<Thread> => {
  const known = queries.getQueryData<Thread>(['thread', ticketId])?.pages ?? [];
  const pages = known.slice(0, -1);
  let cursor = known.at(-1)?.cursor;
  for (;;) {
    const query = { limit: PAGE, ...(cursor !== undefined && { cursor }) };
    const params = { path: { ticketId }, query };
    const page = await bodyOf(api.GET('/v1/tickets/{ticketId}/messages', { params, signal }));
    pages.push({ cursor, items: page.items });
    if (page.nextCursor === null) return { pages };
    cursor = page.nextCursor;
  }
};

export const threadQuery = (ticketId: string) =>
  queryOptions({
    queryKey: ['thread', ticketId],
    meta: { topics: [`ticket:${ticketId}`] },
    queryFn: ({ signal }) => load(ticketId, signal),
  });
