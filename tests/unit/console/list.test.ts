import type { Ticket } from '../../../console/src/api/types.ts';
import { groupsOf } from '../../../console/src/executor/list/groups.ts';
import { neighbour, steadied } from '../../../console/src/executor/list/steady.ts';
import { missedBetween } from '../../../console/src/executor/missed.ts';

const ticket = (ticketId: string, fields: Partial<Ticket>): Ticket => ({
  ticketId,
  deskId: 'main',
  state: 'accepted',
  urgent: false,
  orderedAt: '2026-11-29T11:00:00.000Z',
  createdAt: '2026-11-29T11:00:00.000Z',
  version: 1,
  ...fields,
});
const ids = (tickets: readonly Ticket[]): string[] => tickets.map(({ ticketId }) => ticketId);

test('tickets to accept come by deadline, those in hand by what happened last, those that wait by when they close', () => {
  const groups = groupsOf([
    ticket('later', { state: 'assigned', acceptBy: '2026-11-29T12:05:00.000Z' }),
    ticket('soon', { state: 'assigned', acceptBy: '2026-11-29T12:01:00.000Z' }),
    ticket('old', { acceptedAt: '2026-11-29T11:01:00.000Z' }),
    ticket('talked', {
      acceptedAt: '2026-11-29T11:00:30.000Z',
      card: { subject: 'a', lastEntry: { at: '2026-11-29T11:30:00.000Z', kind: 'client' } },
    }),
    ticket('tomorrow', { state: 'waitingClient', closesAt: '2026-11-30T12:00:00.000Z' }),
    ticket('tonight', { state: 'waitingClient', closesAt: '2026-11-29T20:00:00.000Z' }),
    ticket('gone', { state: 'closed' }),
  ]);
  expect(ids(groups.toAccept)).toEqual(['soon', 'later']);
  expect(ids(groups.inHand)).toEqual(['talked', 'old']);
  expect(ids(groups.waiting)).toEqual(['tonight', 'tomorrow']);
});

test('rows under the pointer keep their places: the gone leave, the new wait', () => {
  expect(steadied(['a', 'b', 'c'], ['d', 'c', 'a'])).toEqual({ order: ['a', 'c'], held: ['d'] });
});

test.each([
  [undefined, 1, 'a'],
  [undefined, -1, 'c'],
  ['a', 1, 'b'],
  ['c', 1, 'c'],
  ['a', -1, 'a'],
  ['gone', 1, 'a'],
] as const)('from %s a step of %d leads to %s', (selected, step, expected) => {
  expect(neighbour(['a', 'b', 'c'], selected, step)).toBe(expected);
});

test('an empty list leads nowhere', () => {
  expect(neighbour([], undefined, 1)).toBeUndefined();
});

const acceptBy = '2026-11-29T12:00:00.000Z';
const waiting = ticket('t', { state: 'assigned', acceptBy, client: { id: 'usr_1', name: 'Marta' } });
const at = (iso: string, answered: readonly string[] = []) => ({
  nowMs: Date.parse(iso),
  answered: new Set(answered),
});

test('a ticket that left the list at its deadline was missed', () => {
  expect(missedBetween([waiting], [], at('2026-11-29T12:00:00.500Z'))).toEqual([
    { ticketId: 't', name: 'Marta', at: acceptBy },
  ]);
});

test.each([
  ['was taken away before', [], at('2026-11-29T11:58:00.000Z')],
  ['is still there', [waiting], at('2026-11-29T12:00:00.500Z')],
  ['was declined', [], at('2026-11-29T12:00:00.500Z', ['t'])],
])('a ticket that %s was not missed', (_name, now, context) => {
  expect(missedBetween([waiting], now, context)).toEqual([]);
});
