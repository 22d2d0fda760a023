import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.ts';
import type { Ticket } from '../api/types.ts';
import type { ExecutorRow, ExecutorSort, Line } from './types.ts';

const PAGE = 200;
const DESKS = 100;
/** Rows change with nearly every ticket: they are asked for, not announced. */
const OFTEN_MS = 4000;
/** Announced as well. */
const SLOWLY_MS = 15_000;

export const desksQuery = queryOptions({
  queryKey: ['desks'],
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) => bodyOf(api.GET('/v1/desks', { params: { query: { limit: DESKS } }, signal })),
});

export const boardQuery = (deskId: string) =>
  queryOptions({
    queryKey: ['board', deskId],
    meta: { topics: [`board:${deskId}`] },
    refetchInterval: SLOWLY_MS,
    queryFn: ({ signal }) => bodyOf(api.GET('/v1/board', { params: { query: { deskId } }, signal })),
  });

const loadExecutors = async (
  query: { deskId: string; sort: ExecutorSort },
  signal: AbortSignal,
): Promise<readonly ExecutorRow[]> => {
  const rows: ExecutorRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await bodyOf(
      api.GET('/v1/executors', {
        params: { query: { ...query, limit: PAGE, ...(cursor && { cursor }) } },
        signal,
      }),
    );
    rows.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return rows;
};

/** All executors of a desk; a thousand are five requests. */
export const executorsQuery = (deskId: string, sort: ExecutorSort) =>
  queryOptions({
    queryKey: ['executors', deskId, sort],
    refetchInterval: OFTEN_MS,
    queryFn: ({ signal }) => loadExecutors({ deskId, sort }, signal),
  });

/** Who of the desk is who. */
export const useNames = (deskId: string): ((executorId: string) => string | undefined) => {
  const { data } = useQuery(executorsQuery(deskId, 'turn'));
  const names = new Map(data?.map(({ executorId, name }) => [executorId, name]));
  return (executorId) => names.get(executorId);
};

const HEADS = 20;

/** The first of a line, next served first. */
export const lineQuery = (deskId: string, line: Line) =>
  queryOptions({
    queryKey: ['line', deskId, line],
    refetchInterval: OFTEN_MS,
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/v1/tickets', { params: { query: { deskId, line, limit: HEADS } }, signal })),
  });

export const ticketQuery = (ticketId: string) =>
  queryOptions({
    queryKey: ['ticket', ticketId],
    meta: { topics: [`ticket:${ticketId}`] },
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/v1/tickets/{ticketId}', { params: { path: { ticketId } }, signal })),
  });

/** A ticket's number never changes: asked for once. */
export const numberQuery = (ticketId: string) =>
  queryOptions({
    queryKey: ['ticket-number', ticketId],
    staleTime: 'static',
    queryFn: async ({ signal }): Promise<number | null> => {
      const ticket: Ticket = await bodyOf(
        api.GET('/v1/tickets/{ticketId}', { params: { path: { ticketId } }, signal }),
      );
      return ticket.number ?? null;
    },
  });

export const whyQuery = (ticketId: string) =>
  queryOptions({
    queryKey: ['why', ticketId],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/v1/tickets/{ticketId}/why', { params: { path: { ticketId } }, signal })),
  });

/** Of a desk, or the global ones. */
export const limitsQuery = (deskId: string | undefined) =>
  queryOptions({
    queryKey: ['limits', deskId ?? 'global'],
    refetchInterval: SLOWLY_MS,
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/v1/limits', { params: { query: { ...(deskId && { deskId }) } }, signal })),
  });

export const replayQuery = (replayId: string) =>
  queryOptions({
    queryKey: ['replay', replayId],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/v1/replays/{replayId}', { params: { path: { replayId } }, signal })),
  });
