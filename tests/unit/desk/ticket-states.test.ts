import { acceptBy, waitDeadlines, waitLimitSec } from '../../../lib/desk/core/deadlines.ts';
import {
  accepted,
  closed,
  handed,
  holdingOf,
  nextState,
  parked,
  passingOver,
  requeued,
  returned,
  type TicketAction,
  withUrgency,
} from '../../../lib/desk/core/ticket-states.ts';
import { type Ticket, type TicketState, ticketStates } from '../../../lib/desk/model.ts';
import { executorWith, HOLDER, sec, ticketIn } from './desk-items.ts';

/** What is left of a ticket when the fields without a value are left out, as the store does. */
const stored = (ticket: Ticket) => JSON.parse(JSON.stringify(ticket)) as Ticket;

/** Per action, the state after it from waiting, assigned, accepted, waitingClient, closed; `-` where it cannot happen. */
const steps: Record<TicketAction, readonly string[]> = {
  hand: ['assigned', 'assigned', 'assigned', 'assigned', '-'],
  accept: ['-', 'accepted', 'accepted', '-', '-'],
  reply: ['-', 'accepted', 'accepted', 'waitingClient', '-'],
  park: ['-', '-', 'waitingClient', 'waitingClient', '-'],
  return: ['-', '-', '-', 'accepted', '-'],
  requeue: ['waiting', 'waiting', 'waiting', 'waiting', '-'],
  close: ['closed', 'closed', 'closed', 'closed', '-'],
};

const change: Record<TicketAction, (ticket: Ticket) => Ticket> = {
  hand: (ticket) =>
    handed(ticket, { executor: executorWith(), at: sec(50), acceptBy: sec(350), decision: 'p2' }),
  accept: (ticket) => accepted(ticket, 'accept', sec(50)),
  reply: (ticket) => accepted(ticket, 'reply', sec(50)),
  park: (ticket) => parked(ticket, { at: sec(50), closesAt: sec(90) }),
  return: (ticket) => returned(ticket, executorWith()),
  requeue: (ticket) => requeued(ticket, { line: 'orphaned', at: sec(50) }),
  close: (ticket) => closed(ticket, 'usr_client', sec(50)),
};

describe('what can happen to a ticket', () => {
  const cases = (Object.keys(steps) as TicketAction[]).flatMap((action) =>
    ticketStates.map((state, place) => [action, state, steps[action][place] ?? ''] as const),
  );

  test.each(cases)('R-DESK-10 %s of a ticket that is %s leads to %s', (action, state, after) => {
    expect(nextState(state, action) ?? '-').toBe(after);
    const ticket = ticketIn(state);
    if (after === '-')
      expect(() => change[action](ticket)).toThrow(`${action} is not in the table for ${state}`);
    else expect(change[action](ticket)).toMatchObject({ state: after, version: 8 });
  });
});

describe('a ticket in the hand of an executor', () => {
  test('R-DESK-10 no longer waits, is held under their lease, and must be accepted in time', () => {
    const waiting = ticketIn('waiting', { heldBy: ['usr_former'], overdueAt: sec(5) });
    expect(stored(change.hand(waiting))).toEqual({
      ...stored(ticketIn('assigned', { version: 8 })),
      assignedAt: sec(50),
      acceptBy: sec(350),
      decision: 'p2',
      heldBy: ['usr_former', HOLDER],
    });
  });

  test('R-DESK-10 forgets what the hand before did, and counts nobody twice among those who held it', () => {
    const again = stored(change.hand(ticketIn('waitingClient')));
    expect(again.heldBy).toEqual([HOLDER]);
    expect(again).not.toHaveProperty('acceptedAt');
    expect(again).not.toHaveProperty('waitingClientSince');
  });

  test('R-DESK-10 counts as accepted from the first acceptance or reply on', () => {
    expect(stored(change.accept(ticketIn('assigned')))).toEqual(
      stored({ ...ticketIn('accepted', { acceptedAt: sec(50), version: 8 }) }),
    );
    expect(change.reply(ticketIn('accepted')).acceptedAt).toBe(sec(20));
  });

  test('R-DESK-10 waits for its client since it was first set aside', () => {
    expect(change.park(ticketIn('accepted')).waitingClientSince).toBe(sec(50));
    expect(change.park(ticketIn('waitingClient')).waitingClientSince).toBe(sec(30));
  });

  test('R-DESK-10 comes back from its client under the lease of now', () => {
    const back = stored(returned(ticketIn('waitingClient'), { epoch: 6 }));
    expect(back).toEqual(stored(ticketIn('accepted', { leaseEpoch: 6, version: 8 })));
  });

  test('R-DESK-10 a closed one keeps its executor, and nothing of waiting', () => {
    const waiting = closed(ticketIn('waiting', { promoted: true, overdueAt: sec(5) }), 'usr_client', sec(50));
    for (const field of ['line', 'waitingSince', 'overdueAt'])
      expect(stored(waiting)).not.toHaveProperty(field);
    expect(waiting).toMatchObject({ promoted: false, closedAt: sec(50), closedBy: 'usr_client' });
    const held = stored(closed(ticketIn('assigned'), HOLDER, sec(50)));
    expect(held.executorId).toBe(HOLDER);
    expect(held).not.toHaveProperty('acceptBy');
    expect(stored(change.close(ticketIn('waitingClient')))).not.toHaveProperty('waitingClientSince');
  });
});

describe('a ticket back in line', () => {
  test('R-DESK-05 waits anew in its old order, and in nobody’s hand', () => {
    const held = { ...ticketIn('waitingClient'), acceptBy: sec(1), overdueAt: sec(2), promoted: true };
    expect(stored(requeued(held, { line: 'orphaned', at: sec(50) }))).toEqual(
      stored(
        ticketIn('waiting', {
          line: 'orphaned',
          waitingSince: sec(50),
          heldBy: [HOLDER],
          lostAt: { [HOLDER]: sec(50) },
          version: 8,
        }),
      ),
    );
  });

  test('R-DESK-09 is promoted, or on another desk, only when that is said', () => {
    const promoted = requeued(ticketIn('waiting'), { line: 'urgent', at: sec(300), promoted: true });
    expect(promoted).toMatchObject({ line: 'urgent', promoted: true, deskId: 'main', urgent: false });
    const moved = requeued(ticketIn('accepted'), { line: 'new', at: sec(50), deskId: 'dsk_b' });
    expect(moved).toMatchObject({ deskId: 'dsk_b', promoted: false });
  });

  test('R-DESK-09 passes an executor over until an instant, and forgets what has run out', () => {
    const ticket = ticketIn('waiting', { passedOver: { usr_a: sec(49), usr_b: sec(50), usr_c: sec(51) } });
    expect(passingOver(ticket, 'usr_d', { at: sec(50), until: sec(350) }).passedOver).toEqual({
      usr_c: sec(51),
      usr_d: sec(350),
    });
  });
});

describe('urgency', () => {
  test('R-DESK-13 set or cleared, moves a waiting ticket to its line, where its wait starts anew', () => {
    const overdue = ticketIn('waiting', { line: 'urgent', promoted: true, overdueAt: sec(60) });
    expect(stored(withUrgency(overdue, true, sec(70)))).toEqual(
      stored(ticketIn('waiting', { line: 'urgent', urgent: true, waitingSince: sec(70), version: 8 })),
    );
    const cleared = withUrgency(ticketIn('waiting', { line: 'urgent', urgent: true }), false, sec(70));
    expect(cleared).toMatchObject({ line: 'new', urgent: false, waitingSince: sec(70) });
  });

  test('R-DESK-13 moves neither an orphan nor a ticket in hand', () => {
    const orphan = ticketIn('waiting', { line: 'orphaned' });
    expect(withUrgency(orphan, true, sec(70))).toEqual({ ...orphan, urgent: true, version: 8 });
    const held = ticketIn('accepted');
    expect(withUrgency(held, true, sec(70))).toEqual({ ...held, urgent: true, version: 8 });
  });

  test('R-DESK-13 that is as it was changes nothing', () => {
    const ticket = ticketIn('waiting');
    expect(withUrgency(ticket, false, sec(70))).toBe(ticket);
  });
});

describe('whose ticket it is', () => {
  const grips = (epoch: number, id = HOLDER) =>
    (['assigned', 'accepted', 'waitingClient', 'closed'] as TicketState[]).map((state) =>
      holdingOf(ticketIn(state, { heldBy: ['usr_former', HOLDER] }), { id, epoch }),
    );

  test('R-DESK-08 a lease of before is no lease, but what waits for its client stays', () => {
    expect(grips(4)).toEqual(['holds', 'holds', 'holds', 'holds']);
    expect(grips(5)).toEqual(['moved', 'moved', 'holds', 'holds']);
  });

  test('R-DESK-08 whoever held it once is told that it moved, whoever never did learns nothing', () => {
    expect(grips(4, 'usr_former')).toEqual(['moved', 'moved', 'moved', 'moved']);
    expect(grips(4, 'usr_stranger')).toEqual(['never', 'never', 'never', 'never']);
  });
});

describe('deadlines', () => {
  const waits = { maxWaitSec: 300, maxUrgentWaitSec: 60, waitWarningPercent: 80 };

  test('R-DESK-09 an urgent ticket waits urgently in any line, a promoted one in the urgent line', () => {
    const limitOf = (line: 'orphaned' | 'urgent' | 'new', urgent: boolean) =>
      waitLimitSec({ line, urgent }, waits);
    expect([limitOf('new', false), limitOf('orphaned', false)]).toEqual([300, 300]);
    expect([limitOf('urgent', false), limitOf('urgent', true), limitOf('orphaned', true)]).toEqual([
      60, 60, 60,
    ]);
  });

  test('R-DESK-09 only what waits can wait too long', () => {
    expect(() => waitDeadlines(ticketIn('assigned'), waits)).toThrow('only a waiting ticket');
    expect(waitDeadlines(ticketIn('waiting'), waits)).toEqual({ warnAt: sec(240), limitAt: sec(300) });
  });

  test('R-DESK-09 an assigned ticket must be accepted within the wait of its class', () => {
    expect(acceptBy({ urgent: false }, waits, sec(10))).toBe(sec(310));
    expect(acceptBy({ urgent: true }, waits, sec(10))).toBe(sec(70));
  });
});
