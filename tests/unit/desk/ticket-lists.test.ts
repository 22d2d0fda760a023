import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  chooseList,
  type TicketFilters,
  ticketListRows,
  ticketLists,
  ticketSorts,
} from '../../../lib/desk/tickets/ticket-lists.ts';
import type { Role } from '../../../lib/platform/caller.ts';

const values: Required<TicketFilters> = {
  ...{ held: 'now', deskId: 'main', clientId: 'usr_c', executorId: 'usr_e', line: 'new', state: 'waiting' },
  ...{
    urgent: false,
    overdue: false,
    unread: false,
    updatedSince: '2026-11-29T08:00:00.000Z',
    sort: 'orderedAt',
  },
};
type Filter = Exclude<keyof TicketFilters, 'sort'>;
const filters = (Object.keys(values) as (keyof TicketFilters)[]).filter(
  (name): name is Filter => name !== 'sort',
);

const base: Record<keyof typeof ticketLists, [Role, TicketFilters]> = {
  before: ['executor', { held: 'before' }],
  now: ['executor', { held: 'now' }],
  line: ['manager', { line: 'new' }],
  executor: ['manager', { executorId: 'usr_e' }],
  client: ['manager', { clientId: 'usr_c' }],
  desk: ['manager', {}],
  own: ['client', {}],
};
/** Filters that choose another list, or belong to another role. */
const choosing: readonly Filter[] = ['held', 'line', 'executorId', 'clientId', 'deskId'];

describe.each(Object.entries(base))('the list %s', (name, [role, query]) => {
  const list = ticketLists[name as keyof typeof ticketLists];
  const supports = (filter: Filter) => (list.filters as readonly Filter[]).includes(filter);

  it('R-DESK-10 is chosen by its filter', () => {
    expect(chooseList([role], query)).toBe(name);
  });

  it.each(filters.filter((filter) => !choosing.includes(filter)))(
    'R-DESK-10 takes %s or refuses it, as the table says',
    (filter) => {
      expect(chooseList([role], { ...query, [filter]: values[filter] })).toBe(
        supports(filter) ? name : 'unsupported',
      );
    },
  );

  it.each(ticketSorts)('R-DESK-10 is sorted by %s, or that is refused, as the table says', (sort) => {
    const sorts: readonly string[] = list.sorts;
    expect(chooseList([role], { ...query, sort })).toBe(sorts.includes(sort) ? name : 'unsupported');
  });

  it('R-AUTH-05 is for its role alone', () => {
    const others = (['client', 'executor', 'manager'] as const).filter((each) => each !== role);
    const chosen = others.map((each) => chooseList([each], query));
    expect(chosen).not.toContain(name);
  });
});

it.each(['line', 'executorId', 'clientId', 'deskId'] as const)(
  'R-AUTH-05 %s is for managers, with whatever else',
  (filter) => {
    for (const role of ['client', 'executor'] as const)
      for (const more of [{}, { held: 'now' }, { state: 'waiting' }] as const)
        expect(chooseList([role], { ...more, [filter]: values[filter] })).toBe('forbidden');
  },
);

it('R-DESK-10 two filters that choose a list each are refused', () => {
  expect(chooseList(['manager'], { line: 'new', clientId: 'usr_c' })).toBe('unsupported');
  expect(chooseList(['manager', 'executor'], { held: 'now', deskId: 'main' })).toBe('unsupported');
});

it('R-DESK-10 the documentation has the table of the code', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../../docs/http-api.md'), 'utf8');
  expect(page).toContain(`| --- | --- | --- | --- | --- |\n${ticketListRows().join('\n')}\n\n`);
});
