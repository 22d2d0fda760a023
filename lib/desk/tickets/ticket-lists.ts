// @pure

import type { Role } from '../../platform/caller.ts';
import type { Instant } from '../../platform/clock.ts';
import type { Line, TicketState } from '../model.ts';

export const ticketSorts = ['orderedAt', 'lastEntryAt', 'waitingSince'] as const;
export type TicketSort = (typeof ticketSorts)[number];

/** What a request for tickets may name beside its page. */
export interface TicketFilters {
  readonly held?: 'now' | 'before' | undefined;
  readonly deskId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly executorId?: string | undefined;
  readonly line?: Line | undefined;
  readonly state?: TicketState | undefined;
  readonly urgent?: boolean | undefined;
  readonly overdue?: boolean | undefined;
  readonly unread?: boolean | undefined;
  readonly updatedSince?: Instant | undefined;
  readonly sort?: TicketSort | undefined;
}

type FilterName = Exclude<keyof TicketFilters, 'sort'>;

interface TicketList {
  readonly who: Extract<Role, 'client' | 'executor' | 'manager'>;
  /** What chooses the list; nothing: it is what the role is given. */
  readonly by?: FilterName;
  /** As the page says it. */
  readonly shown: string;
  readonly filters: readonly FilterName[];
  readonly sorts: readonly TicketSort[];
  /** Its order when none is named. */
  readonly order: string;
}

const inHand = {
  filters: ['clientId', 'state', 'urgent', 'unread', 'updatedSince'],
  sorts: ['orderedAt', 'lastEntryAt'],
  order: 'newest first',
} as const;

/**
 * Every list of tickets there is. Each is a key of the store or a set that is read whole, so that no request scans; docs/http-api.md
 * has the same table.
 */
export const ticketLists = {
  before: {
    ...{ who: 'executor', by: 'held', shown: '`held=before`' },
    ...{ filters: [], sorts: [], order: 'newest first' },
  },
  now: {
    ...inHand,
    who: 'executor',
    by: 'held',
    shown: '`held=now`, and by default',
    filters: inHand.filters.slice(1),
  },
  line: {
    ...{ who: 'manager', by: 'line', shown: '`line`' },
    ...{
      filters: ['deskId', 'urgent', 'overdue'],
      sorts: ['orderedAt', 'waitingSince'],
      order: 'as it is served',
    },
  },
  executor: { ...inHand, who: 'manager', by: 'executorId', shown: '`executorId`' },
  client: {
    ...{ who: 'manager', by: 'clientId', shown: '`clientId`' },
    ...{ filters: ['deskId', 'state'], sorts: [], order: 'newest first' },
  },
  desk: {
    ...{ who: 'manager', shown: 'by default' },
    ...{ filters: ['deskId', 'state'], sorts: [], order: 'newest first' },
  },
  own: {
    ...{ who: 'client', shown: 'by default' },
    ...{ filters: ['state'], sorts: [], order: 'newest first' },
  },
} as const satisfies Readonly<Record<string, TicketList>>;
export type TicketListName = keyof typeof ticketLists;

const managersAlone = ['line', 'executorId', 'clientId', 'deskId'] as const;

/** Which list is meant: by its filters, else by the widest of the caller's roles. */
const nameFor = (
  roles: readonly Role[],
  { held, line, executorId, clientId, deskId }: TicketFilters,
): TicketListName => {
  if (held) return held;
  if (line) return 'line';
  if (executorId !== undefined) return 'executor';
  if (clientId !== undefined) return 'client';
  if (roles.includes('manager') || deskId !== undefined) return 'desk';
  return roles.includes('executor') ? 'now' : 'own';
};

/** The list that a request means, or why there is none. */
export const chooseList = (
  roles: readonly Role[],
  query: TicketFilters,
): TicketListName | 'forbidden' | 'unsupported' => {
  if (!roles.includes('manager') && managersAlone.some((name) => query[name] !== undefined))
    return 'forbidden';
  const name = nameFor(roles, query);
  const list: TicketList = ticketLists[name];
  if (!roles.includes(list.who)) return 'forbidden';
  const { sort, ...filters } = query;
  const given = (Object.keys(filters) as FilterName[]).filter((each) => filters[each] !== undefined);
  const fits = given.every((each) => each === list.by || list.filters.includes(each));
  return fits && (!sort || list.sorts.includes(sort)) ? name : 'unsupported';
};

/** The table of docs/http-api.md. */
export const ticketListRows = (): string[] =>
  Object.values<TicketList>(ticketLists).map(({ who, shown, filters, sorts, order }) => {
    const named = (all: readonly string[]) => all.map((each) => `\`${each}\``).join(', ') || '–';
    return `| ${who} | ${shown} | ${named(filters)} | ${order} | ${named(sorts)} |`;
  });
