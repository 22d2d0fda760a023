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
import type { TicketSort } from './ticket-lists.ts';
import { type TicketView, ticketView } from './views.ts';

export interface LineQuery {
  readonly deskId: string;
  readonly line: Line;
  readonly urgent?: boolean | undefined;
  readonly overdue?: boolean | undefined;
  readonly sort?: TicketSort | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

type LineSort = 'orderedAt' | 'waitingSince';

/** Within a line whoever wrote first is served first; the id only breaks ties. Sorts as the keys of a group do. */
const placeIn = (entry: Pick<LineEntry, LineSort | 'ticketId'>, sort: LineSort = 'orderedAt'): string =>
  `${entry[sort]}#${entry.ticketId}`;

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const invalidCursor = (): AppError =>
  new AppError('invalid', 'invalid-cursor', 'The cursor is not one of this list.');

const placeAfter = (name: string, sort: LineSort, cursor: string | undefined): string | undefined => {
  if (cursor === undefined) return undefined;
  const { [sort]: at, ticketId } = decodeCursor(name, cursor);
  const id = ticketIdSchema.safeParse(ticketId).data;
  if (id === undefined || typeof at !== 'string' || !INSTANT.test(at)) throw invalidCursor();
  return `${at}#${id}`;
};

interface Span {
  readonly limit: number;
  readonly after: string | undefined;
}

/** The groups of a line are read side by side and put into one order: two requests at most. */
const readEntries = async (
  rt: Runtime,
  { deskId, line, urgent }: Pick<LineQuery, 'deskId' | 'line' | 'urgent'>,
  { limit, after }: Span,
) => {
  const pk = linesKey(deskId);
  const groups = lineGroups.filter(
    (group) =>
      group.startsWith(lineRank[line]) && (urgent === undefined || group.endsWith(urgent ? 'u' : 'o')),
  );
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

/** So many entries of a line can be put in an order that is not its own: all of them are read for each page. */
const SORTED_AT_MOST = 1000;

const tooMany = (): AppError =>
  new AppError(
    'invalid',
    'filter-unsupported',
    `A line of more than ${SORTED_AT_MOST} tickets is listed as it is served: leave \`sort\` out.`,
  );

const readSorted = async (rt: Runtime, query: LineQuery, { limit, after }: Span) => {
  const whole = { limit: SORTED_AT_MOST + 1, after: undefined };
  const { entries, omitted } = await readEntries(rt, query, whole);
  if (entries.length > SORTED_AT_MOST) throw tooMany();
  const place = (entry: LineEntry) => placeIn(entry, 'waitingSince');
  const sorted = entries.sort((a, b) => (place(a) < place(b) ? -1 : 1));
  return { entries: sorted.filter((entry) => !after || place(entry) > after).slice(0, limit), omitted };
};

const nameOf = ({ deskId, line, urgent, overdue, sort }: LineQuery): string => {
  const filters = urgent === undefined && overdue === undefined && sort !== 'waitingSince';
  return `tickets:line:${deskId}:${line}${filters ? '' : `:${JSON.stringify({ urgent, overdue, sort })}`}`;
};

/**
 * The tickets that wait in one line of a desk, in the order they are served, as they lately were. One that was assigned
 * meanwhile is left out, as is one that `overdue` leaves out, so that a page may be short. Throws `invalid-cursor`, `filter-unsupported` where
 * there are too many to sort.
 */
export const listLine = async (
  rt: Runtime,
  { viewerId, ...query }: LineQuery & { viewerId: string },
): Promise<Page<TicketView>> => {
  const { deskId, line, overdue, limit, cursor } = query;
  const sort = query.sort === 'waitingSince' ? query.sort : 'orderedAt';
  const name = nameOf(query);
  // One more than shown says whether the line goes on.
  const span = { limit: limit + 1, after: placeAfter(name, sort, cursor) };
  const read = sort === 'waitingSince' ? readSorted : readEntries;
  const { entries, omitted = 0 } = await read(rt, query, span);
  const shown = entries.slice(0, limit);
  const found = await listTickets(
    rt,
    shown.map(({ ticketId }) => ticketId),
    { lagging: true },
  );
  const waiting = found.items.filter(
    (ticket) =>
      ticket.line === line &&
      ticket.deskId === deskId &&
      (overdue === undefined || (ticket.overdueAt !== undefined) === overdue),
  );
  const views = waiting.map((ticket) => ({
    ticket,
    viewer: 'manager' as const,
    view: ticketView(ticket, 'manager', viewerId),
  }));
  const last = entries.length > limit ? shown.at(-1) : undefined;
  const unread = omitted + (found.omitted ?? 0);
  return {
    items: await withCards(rt, views, { viewerId }),
    nextCursor: last ? encodeCursor(name, { [sort]: last[sort], ticketId: last.ticketId }) : null,
    ...omittedOf({ omitted: unread > 0 ? unread : undefined }),
  };
};
