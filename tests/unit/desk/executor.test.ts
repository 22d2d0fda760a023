import {
  fullFor,
  isAvailable,
  listOf,
  parking,
  recounting,
  releasing,
  staleAfterMs,
  taking,
} from '../../../lib/desk/core/executor.ts';
import { presences, type Ticket } from '../../../lib/desk/model.ts';
import { earlierFirst, handOverShare } from '../../../lib/desk/tickets/hand-over-share.ts';
import {
  fullForTicket,
  isActive,
  isInHandOf,
  type Receiver,
  splitByRoom,
} from '../../../lib/desk/tickets/receiver.ts';
import { executorWith, HOLDER, limits, sec, ticketIn } from './desk-items.ts';

const ids = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
const idsOf = (tickets: readonly Ticket[]) => tickets.map(({ id }) => id);

describe('room', () => {
  test.each([
    [4, 1, undefined, undefined],
    [4, 2, undefined, 'urgentCap'],
    [4, 3, undefined, 'urgentCap'],
    [5, 0, 'cap', 'cap'],
    [6, 2, 'cap', 'cap'],
  ])('R-DESK-07 with %i in hand, %i urgent: ordinary %s, urgent %s', (open, openUrgent, ordinary, urgent) => {
    expect(fullFor({ open, openUrgent }, limits, false)).toBe(ordinary);
    expect(fullFor({ open, openUrgent }, limits, true)).toBe(urgent);
  });

  test('R-DESK-06 the roster keeps those online by their room, the others by where they are', () => {
    const placed = (open: number, urgent: number) =>
      listOf(executorWith({ open: ids('t', open), openUrgent: ids('t', urgent) }), limits);
    expect([placed(0, 0), placed(4, 1), placed(2, 2), placed(5, 2)]).toEqual([
      'all',
      'all',
      'ordinary',
      'full',
    ]);
    const absent = presences.filter((presence) => presence !== 'online');
    expect(absent.map((presence) => listOf(executorWith({ presence }), limits))).toEqual(absent);
  });

  test('R-DESK-08 messages reach those online and draining, while heartbeats come', () => {
    expect(presences.filter(isAvailable)).toEqual(['online', 'draining']);
    expect(staleAfterMs({ heartbeatPeriodSec: 10, missedHeartbeats: 3 })).toBe(30_000);
  });
});

describe('what an executor has in hand', () => {
  const before = executorWith({ open: ['a', 'b'], openUrgent: ['b'], parked: ['c', 'd'] });

  test('R-DESK-07 taken tickets count once, the urgent ones as such, and are no longer set aside', () => {
    const after = taking(before, [
      { id: 'b', urgent: true },
      { id: 'c', urgent: true },
      { id: 'e', urgent: false },
    ]);
    expect(after).toEqual({
      ...before,
      open: ['a', 'b', 'c', 'e'],
      openUrgent: ['b', 'c'],
      parked: ['d'],
      version: 10,
    });
  });

  test('R-DESK-06 the dispatcher’s number becomes their place in the rotation, a manual decision leaves it', () => {
    expect(taking(before, [], [15, 17]).rank).toBe(17);
    expect(taking(before, []).rank).toBe(3);
  });

  test('R-DESK-07 tickets let go leave room of both kinds', () => {
    expect(releasing(before, ['b', 'c', 'x'])).toEqual({
      ...before,
      open: ['a'],
      openUrgent: [],
      parked: ['d'],
      version: 10,
    });
  });

  test('R-DESK-10 a ticket set aside takes no room', () => {
    expect(parking(before, 'b')).toEqual({
      ...before,
      open: ['a'],
      openUrgent: [],
      parked: ['c', 'd', 'b'],
      version: 10,
    });
    expect(parking(before, 'c').parked).toEqual(['c', 'd']);
  });

  test('R-DESK-13 a change of urgency is counted where the ticket is', () => {
    expect(recounting(before, { id: 'a', urgent: true })).toEqual({
      ...before,
      openUrgent: ['b', 'a'],
      version: 10,
    });
    expect(recounting(before, { id: 'b', urgent: false }).openUrgent).toEqual([]);
    expect(recounting(before, { id: 'b', urgent: true }).openUrgent).toEqual(['b']);
  });
});

describe('what leaves the hand of somebody who drops out', () => {
  const held = [
    ticketIn('accepted', { id: 'late', orderedAt: sec(9) }),
    ticketIn('assigned', { id: 'early', orderedAt: sec(1) }),
    ticketIn('waitingClient', { id: 'parked' }),
    ticketIn('accepted', { id: 'anothers', executorId: 'usr_other' }),
    ticketIn('accepted', { id: 'new-lease', leaseEpoch: 5 }),
  ];
  const gone = executorWith({
    presence: 'offline',
    epoch: 5,
    open: ['late', 'early', 'anothers', 'new-lease', 'unknown'],
  });

  test('R-DESK-08 everything leased before they left, the earliest first; what they were given since stays', () => {
    const { moving, strays } = handOverShare(gone, held, 'all');
    expect(idsOf(moving)).toEqual(['early', 'late']);
    expect(strays).toEqual(['anothers', 'unknown']);
  });

  test('R-DESK-10 of somebody away, what they had not accepted; nothing once they are back', () => {
    const unaccepted = (presence: 'away' | 'online') =>
      idsOf(handOverShare({ ...gone, presence }, held, 'unaccepted').moving);
    expect(unaccepted('away')).toEqual(['early']);
    expect(unaccepted('online')).toEqual([]);
  });

  test('R-DESK-05 among tickets of one instant the id decides', () => {
    const of = (id: string, at: number) => ticketIn('waiting', { id, orderedAt: sec(at) });
    const mixed = [of('z', 1), of('b', 2), of('a', 2), of('c', 0)];
    expect(idsOf(mixed.toSorted(earlierFirst))).toEqual(['c', 'z', 'a', 'b']);
    expect(idsOf(mixed.toReversed().toSorted(earlierFirst))).toEqual(['c', 'z', 'a', 'b']);
  });
});

describe('giving tickets manually', () => {
  const receiver = (given: Parameters<typeof executorWith>[0] = {}, beatAt = 0): Receiver => ({
    executor: executorWith(given),
    beat: { executorId: HOLDER, lastBeatAt: sec(beatAt), watch: 'w' },
    limits,
  });

  test('R-DESK-08 asks for somebody online whose heartbeat is of now', () => {
    expect([29.999, 30].map((at) => isActive(receiver(), sec(at)))).toEqual([true, false]);
    expect(isActive(receiver({ presence: 'draining' }), sec(1))).toBe(false);
    expect(isActive({ ...receiver(), beat: undefined }, sec(1))).toBe(false);
  });

  test('R-DESK-08 a ticket is in their hand under their present lease only, and not when set aside', () => {
    const inHand = (ticket: Ticket) => isInHandOf(ticket, executorWith());
    expect(inHand(ticketIn('assigned'))).toBe(true);
    expect(inHand(ticketIn('accepted'))).toBe(true);
    expect(inHand(ticketIn('accepted', { leaseEpoch: 3 }))).toBe(false);
    expect(inHand(ticketIn('accepted', { executorId: 'usr_other' }))).toBe(false);
    expect(inHand(ticketIn('waitingClient'))).toBe(false);
    expect(inHand(ticketIn('closed'))).toBe(false);
  });

  test('R-DESK-07 a ticket in their hand already does not stand in its own way', () => {
    const full = receiver({ open: ['tkt_1', ...ids('t', 4)], openUrgent: ['tkt_1', 't0'] });
    expect(fullForTicket(full, ticketIn('accepted', { urgent: true }))).toBeUndefined();
    expect(fullForTicket(full, ticketIn('accepted', { id: 'tkt_2' }))).toBe('cap');
    const urgentFull = receiver({ open: ['a', 'b'], openUrgent: ['a', 'b'] });
    expect(fullForTicket(urgentFull, ticketIn('accepted', { urgent: true }))).toBe('urgentCap');
    expect(fullForTicket(urgentFull, ticketIn('accepted'))).toBeUndefined();
  });

  const many = [
    ticketIn('waiting', { id: 'o2', orderedAt: sec(5) }),
    ticketIn('waiting', { id: 'u3', orderedAt: sec(4), urgent: true }),
    ticketIn('waiting', { id: 'u2', orderedAt: sec(3), urgent: true }),
    ticketIn('waiting', { id: 'o1', orderedAt: sec(2) }),
    ticketIn('waiting', { id: 'u1', orderedAt: sec(1), urgent: true }),
  ];
  const split = (to: Receiver, at = sec(1)) => {
    const { given, left } = splitByRoom(many, to, at);
    return { given: idsOf(given), left: idsOf(left) };
  };

  test('R-DESK-07 gives as many as there is room for, the earliest first; a full class stops no other', () => {
    expect(split(receiver())).toEqual({ given: ['u1', 'o1', 'u2', 'o2'], left: ['u3'] });
    // The urgent one left over takes no room from the ordinary one behind it.
    expect(split(receiver({ open: ['t'] }))).toEqual({ given: ['u1', 'o1', 'u2', 'o2'], left: ['u3'] });
    expect(split(receiver({ open: ids('t', 3) }))).toEqual({ given: ['u1', 'o1'], left: ['u2', 'u3', 'o2'] });
    expect(idsOf(many)).toEqual(['o2', 'u3', 'u2', 'o1', 'u1']);
  });

  test('R-DESK-08 gives nothing to somebody whose heartbeats stopped', () => {
    expect(split(receiver(), sec(30))).toEqual({ given: [], left: ['u1', 'o1', 'u2', 'u3', 'o2'] });
  });
});
