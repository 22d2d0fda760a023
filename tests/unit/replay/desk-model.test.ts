import fc from 'fast-check';
import { planAssignments } from '../../../lib/desk/dispatch/plan-assignments.ts';
import type { Presence } from '../../../lib/desk/model.ts';
import type { Attendance, OpenTicket } from '../../../lib/replay/day.ts';
import { DeskModel, type SimTicket } from '../../../lib/replay/desk-model.ts';
import { limits, sec, T0_MS } from '../desk/desk-items.ts';
import { anyInput } from '../desk/plan-arbitraries.ts';

const openTicket = (ticketId: string, given: Partial<OpenTicket> = {}): OpenTicket => ({
  ticketId,
  state: 'waiting',
  urgent: false,
  promoted: false,
  overdue: false,
  orderedAt: sec(0),
  line: 'new',
  waitingSinceMs: T0_MS,
  enteredMs: T0_MS,
  enteredLine: 'new',
  passedOver: {},
  executorId: undefined,
  ...given,
});
const there = (presence: Presence = 'online', rank = 0): Attendance => ({
  presence,
  rank,
  suspectSinceMs: undefined,
});

const deskModelWith = (
  openTickets: readonly OpenTicket[],
  attendance: Record<string, Attendance> = { a: there() },
) => {
  const deskModel = new DeskModel({
    openTickets: new Map(openTickets.map((each) => [each.ticketId, each])),
    attendance: new Map(Object.entries(attendance)),
    limits,
  });
  const ticket = (id: string) => deskModel.tickets.get(id) as SimTicket;
  const held = (id: string) => {
    const { open, openUrgent } = deskModel.executor(id);
    return { open: [...open], urgent: [...openUrgent] };
  };
  const waiting = () => deskModel.waiting().map(({ ticketId }) => ticketId);
  return { deskModel, ticket, held, waiting };
};

describe('the desk of a simulation', () => {
  const day = [
    openTicket('w'),
    openTicket('s', { state: 'assigned', executorId: 'a' }),
    openTicket('u', { state: 'accepted', executorId: 'a', urgent: true }),
    openTicket('p', { state: 'parked', executorId: 'a', urgent: true }),
    openTicket('x', { state: 'accepted', executorId: 'unheard' }),
  ];

  test('R-DESK-12 starts as the desk stood: who is there, what they hold, what waits', () => {
    const { deskModel, held, waiting } = deskModelWith(day, { a: there('draining', 7) });
    expect(deskModel.executor('a')).toMatchObject({ id: 'a', presence: 'draining', rank: 7 });
    expect(held('a')).toEqual({ open: ['s', 'u'], urgent: ['u'] });
    expect(waiting()).toEqual(['w']);
    expect([...deskModel.tickets.keys()]).toEqual(['w', 's', 'u', 'p', 'x']);
  });

  test('R-DESK-12 somebody of whom the day says nothing is not there', () => {
    const { deskModel, held } = deskModelWith(day);
    expect(deskModel.executor('unheard')).toMatchObject({ presence: 'offline', rank: 0 });
    expect(deskModel.executor('unheard').suspectSinceMs).toBeUndefined();
    expect(held('unheard').open).toEqual(['x']);
    expect(deskModel.executor('unheard')).toBe(deskModel.executor('unheard'));
  });

  test('R-DESK-12 a given ticket leaves the line and the hand before, and is in one hand', () => {
    const { deskModel, ticket, held, waiting } = deskModelWith(day, { a: there(), b: there() });
    deskModel.give(ticket('w'), 'b', 'assigned');
    deskModel.give(ticket('u'), 'b', 'assigned');
    expect(waiting()).toEqual([]);
    expect(held('a')).toEqual({ open: ['s'], urgent: [] });
    expect(held('b')).toEqual({ open: ['w', 'u'], urgent: ['u'] });
    expect(ticket('w')).toMatchObject({ state: 'assigned', executorId: 'b' });
  });

  test('R-DESK-12 what was put down for a hand or a wait is void once that is over', () => {
    const { deskModel, ticket } = deskModelWith(day);
    const marks = () => [ticket('w').hand, ticket('w').wait];
    const seen = [marks()];
    deskModel.give(ticket('w'), 'a', 'assigned');
    seen.push(marks());
    deskModel.park(ticket('w'));
    deskModel.give(ticket('w'), 'a', 'accepted');
    seen.push(marks());
    deskModel.enter(ticket('w'));
    seen.push(marks());
    const [start, given, returned, back] = seen as [number, number][];
    expect(given?.[0]).not.toBe(start?.[0]);
    expect(given?.[1]).not.toBe(start?.[1]);
    // Coming back from its client, it is still in the same hand.
    expect(returned?.[0]).toBe(given?.[0]);
    expect(back?.[0]).not.toBe(given?.[0]);
    const gone = ticket('w');
    deskModel.remove(gone);
    expect(gone.hand).not.toBe(back?.[0]);
    expect(gone.wait).not.toBe(back?.[1]);
  });

  test('R-DESK-12 a ticket set aside takes no room, one back in line is in nobody’s hand', () => {
    const { deskModel, ticket, held, waiting } = deskModelWith(day);
    deskModel.park(ticket('u'));
    expect(held('a')).toEqual({ open: ['s'], urgent: [] });
    expect(ticket('u')).toMatchObject({ state: 'parked', executorId: 'a' });
    deskModel.enter(ticket('s'));
    expect(held('a').open).toEqual([]);
    expect(ticket('s')).toMatchObject({ state: 'waiting' });
    expect(ticket('s').executorId).toBeUndefined();
    expect(waiting()).toEqual(['w', 's']);
  });

  test('R-DESK-12 a removed ticket is nowhere', () => {
    const { deskModel, ticket, held, waiting } = deskModelWith(day);
    for (const id of ['w', 'u', 'x']) deskModel.remove(ticket(id));
    expect(waiting()).toEqual([]);
    expect([held('a'), held('unheard').open]).toEqual([{ open: ['s'], urgent: [] }, []]);
    expect([...deskModel.tickets.keys()]).toEqual(['s', 'p']);
  });

  test('R-DESK-13 urgency counts where the ticket is in hand, and nowhere else', () => {
    const { deskModel, ticket, held } = deskModelWith(day);
    for (const id of ['w', 's', 'p']) deskModel.setUrgent(ticket(id), true);
    expect(held('a').urgent).toEqual(['u', 's']);
    expect(ticket('w').urgent).toBe(true);
    deskModel.setUrgent(ticket('u'), false);
    expect(held('a').urgent).toEqual(['s']);
    deskModel.setUrgent(ticket('p'), false);
    expect(held('a').urgent).toEqual(['s']);
  });

  test('R-DESK-07 room is with those online, below the cap of the class', () => {
    const { deskModel } = deskModelWith(day, { a: there(), b: there('draining') });
    const room = (cap: number, urgentCap: number, urgent: boolean, id = 'a') =>
      deskModel.hasRoom(
        deskModel.executor(id),
        { ...limits, maxTicketsPerExecutor: cap, maxUrgentTicketsPerExecutor: urgentCap },
        urgent,
      );
    expect([room(2, 2, false), room(3, 2, false)]).toEqual([false, true]);
    expect([room(3, 1, true), room(3, 2, true), room(3, 1, false)]).toEqual([false, true, true]);
    expect(room(3, 2, false, 'b')).toBe(false);
  });
});

describe('what the planner makes of the desk', () => {
  test('R-DESK-12 is what it would make of every ticket and everybody, heartbeats apart', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const executors = input.executors.map((each) => ({ ...each, lastBeatAt: input.at }));
        const urgentOf = new Map(executors.map((each) => [each.executorId, each.openUrgent]));
        const held = executors.flatMap(({ executorId, open }) =>
          Array.from({ length: open }, (_, index) =>
            openTicket(`held_${executorId}_${index}`, {
              state: 'accepted',
              executorId,
              urgent: index < (urgentOf.get(executorId) ?? 0),
            }),
          ),
        );
        const { deskModel } = deskModelWith(
          [...input.tickets.map((ticket) => openTicket(ticket.ticketId, ticket)), ...held],
          Object.fromEntries(
            executors.map(({ executorId, presence, rank }) => [executorId, there(presence, rank)]),
          ),
        );
        const whole = planAssignments({ ...input, executors, dealAtMost: 1000 });
        const now = { atMs: Date.parse(input.at), firstNumber: input.firstNumber };
        expect(deskModel.plan({ ...limits, ...input.limits }, now)).toEqual(whole.assignments);
      }),
      { numRuns: 60 },
    );
  });

  test('R-DESK-12 goes past a ticket whose only executor with room is passed over for it', () => {
    const { deskModel } = deskModelWith(
      [openTicket('early', { passedOver: { a: sec(60) } }), openTicket('late')],
      {
        a: there(),
      },
    );
    const one = { ...limits, maxTicketsPerExecutor: 1, maxUrgentTicketsPerExecutor: 1 };
    expect(deskModel.plan(one, { atMs: T0_MS, firstNumber: 5 })).toEqual([
      { number: 5, ticketId: 'late', executorId: 'a' },
    ]);
    expect(deskModel.plan(one, { atMs: T0_MS + 60_000, firstNumber: 5 })).toEqual([
      { number: 5, ticketId: 'early', executorId: 'a' },
    ]);
  });

  test('R-DESK-12 is nothing when nothing waits or nobody has room', () => {
    const now = { atMs: T0_MS, firstNumber: 1 };
    expect(deskModelWith([]).deskModel.plan(limits, now)).toEqual([]);
    expect(deskModelWith([openTicket('w')], { a: there('away') }).deskModel.plan(limits, now)).toEqual([]);
  });
});
