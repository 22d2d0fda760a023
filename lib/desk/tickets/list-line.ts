import { AppError } from '../../platform/errors.ts';
import { decodeCursor, encodeCursor, omittedOf, type Page } from '../../platform/http/pagination.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { queryPage } from '../core/table.ts';
import {
  type LineEntry,
  lineEntries,
  lineGroups,
  lineRank,
  linesKey,
  listTickets,
} from '../core/ticket-repository.ts';
import { type Line, ticketIdSchema } from '../model.ts';
import { withCards } from './names.ts';
import { type TicketView, ticketView } from './views.ts';

export interface LineQuery {
  readonly deskId: string;
  readonly line: Line;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Within a line whoever wrote first is served first; the id only breaks ties. Sorts as the keys of a group do. */
const placeIn = ({ orderedAt, ticketId }: Pick<LineEntry, 'orderedAt' | 'ticketId'>): string =>
  `${orderedAt}#${ticketId}`;

const ORDERED_AT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const invalidCursor = (): AppError =>
  new AppError('invalid', 'invalid-cursor', 'The cursor is not one of this list.');

const placeAfter = (name: string, cursor: string | undefined): string | undefined => {
  if (cursor === undefined) return undefined;
  const { orderedAt, ticketId } = decodeCursor(name, cursor);
  const id = ticketIdSchema.safeParse(ticketId).data;
  if (id === undefined || typeof orderedAt !== 'string' || !ORDERED_AT.test(orderedAt)) throw invalidCursor();
  return placeIn({ orderedAt, ticketId: id });
};

interface Span {
  readonly limit: number;
  readonly after: string | undefined;
}

/** The groups of a line are read side by side and put into one order: two requests at most. */
const readEntries = async (
  rt: Runtime,
  { deskId, line }: Pick<LineQuery, 'deskId' | 'line'>,
  { limit, after }: Span,
) => {
  const pk = linesKey(deskId);
  const groups = lineGroups.filter((group) => group.startsWith(lineRank[line]));
  const pages = await Promise.all(
    groups.map((group) =>
      queryPage(rt, {
        pk,
        beginsWith: `${group}#`,
        limit,
        lagging: true,
        ...(after && { after: { pk, sk: `${group}#${after}` } }),
      }),
    ),
  );
  const { items, omitted } = lineEntries.readable(
    rt,
    pages.flatMap((page) => page.items),
  );
  const sorted = items.sort((a, b) => (placeIn(a) < placeIn(b) ? -1 : 1));
  return { entries: sorted.slice(0, limit), omitted };
};

/**
 * The tickets that wait in one line of a desk, in the order they are served, as they lately were. One that was assigned
 * meanwhile is left out, so that a page may be short. Throws `invalid-cursor`.
 */
export const listLine = async (
  rt: Runtime,
  { viewerId, ...query }: LineQuery & { viewerId: string },
): Promise<Page<TicketView>> => {
  const { deskId, line, limit, cursor } = query;
  const name = `tickets:line:${deskId}:${line}`;
  const after = placeAfter(name, cursor);
  // One more than shown says whether the line goes on.
  const { entries, omitted = 0 } = await readEntries(rt, query, { limit: limit + 1, after });
  const shown = entries.slice(0, limit);
  const found = await listTickets(
    rt,
    shown.map(({ ticketId }) => ticketId),
    { lagging: true },
  );
  const waiting = found.items.filter((ticket) => ticket.line === line && ticket.deskId === deskId);
  const views = waiting.map((ticket) => ({
    ticket,
    viewer: 'manager' as const,
    view: ticketView(ticket, 'manager', viewerId),
  }));
  const last = entries.length > limit ? shown.at(-1) : undefined;
  const unread = omitted + (found.omitted ?? 0);
  return {
    items: await withCards(rt, views, { viewerId }),
    nextCursor: last ? encodeCursor(name, { orderedAt: last.orderedAt, ticketId: last.ticketId }) : null,
    ...omittedOf({ omitted: unread > 0 ? unread : undefined }),
  };
};
