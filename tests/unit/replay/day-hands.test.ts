import { instant } from '../../../lib/platform/clock.ts';
import type { Fact } from '../../../lib/replay/facts.ts';
import {
  accepted,
  assigned,
  at,
  back,
  byHand,
  closed,
  limits,
  online,
  overdue,
  parked,
  presence,
  queued,
  tell,
  urgency,
} from './facts.ts';

describe('what a day says of a ticket in a hand', () => {
  const held = (...more: Fact[]) =>
    tell([queued('t', at(1)), assigned('t', 'usr_a', at(10), 1), ...more]).given.visits.get('t');

  test('R-DESK-12 when it was accepted, set aside, answered and closed', () => {
    expect(
      held(
        accepted('t', 'usr_a', at(15)),
        parked('t', at(20)),
        accepted('t', 'usr_a', at(40)),
        closed('t', at(50)),
      ),
    ).toEqual([
      {
        executorId: 'usr_a',
        atMs: at(10),
        acceptAfterMs: 5000,
        turns: [
          { kind: 'park', afterMs: 10_000 },
          { kind: 'return', afterMs: 30_000 },
        ],
        end: { kind: 'closed', afterMs: 40_000 },
      },
    ]);
  });

  test.each([
    ['declined', 'new', 'declined'],
    ['missed', 'orphaned', 'missed'],
    ['orphaned', 'orphaned', 'taken'],
    ['reassigned', 'orphaned', 'taken'],
    ['client-returned', 'new', 'taken'],
  ] as const)('R-DESK-12 that it was %s', (cause, line, kind) => {
    expect(held(back('t', 30, cause, line))?.[0]?.end).toEqual({ kind, afterMs: 20_000 });
  });

  test('R-DESK-12 that its client came back to somebody who had no room', () => {
    const visits = held(parked('t', at(20)), back('t', 30, 'client-returned', 'new'));
    expect(visits?.[0]?.turns).toEqual([
      { kind: 'park', afterMs: 10_000 },
      { kind: 'return', afterMs: 20_000 },
    ]);
    expect(held(back('t', 30, 'declined', 'new'))?.[0]?.turns).toEqual([]);
  });

  test('R-DESK-12 that it went to another desk, or from hand to hand', () => {
    expect(held({ kind: 'left', atMs: at(30), ticketId: 't' })?.[0]?.end).toEqual({
      kind: 'left',
      afterMs: 20_000,
    });
    const visits = held(byHand('t', 'usr_b', at(30)), accepted('t', 'usr_b', at(31)), closed('t', at(32)));
    expect(visits).toEqual([
      { executorId: 'usr_a', atMs: at(10), turns: [], end: { kind: 'taken', afterMs: 20_000 } },
      {
        executorId: 'usr_b',
        atMs: at(30),
        acceptAfterMs: 1000,
        turns: [],
        end: { kind: 'closed', afterMs: 2000 },
      },
    ]);
  });

  test('R-DESK-12 that it was urgent when the stretch began', () => {
    const facts = [queued('t', at(-90)), assigned('t', 'usr_a', at(-80), 1), urgency('t', -70, true)];
    expect(tell(facts).start.openTickets.get('t')).toMatchObject({ urgent: true, state: 'assigned' });
  });

  test('R-DESK-12 nothing, of tickets that it does not know', () => {
    const facts = [
      accepted('x', 'usr_a', at(1)),
      parked('x', at(2)),
      closed('x', at(3)),
      urgency('x', 4, true),
    ];
    const { given, happened } = tell([...facts, overdue('x', 5)]);
    expect(given.visits.size).toBe(0);
    expect(happened).toMatchObject({ closed: 1, overdue: 1, waitingAtEnd: 0 });
  });
});

describe('what comes from outside', () => {
  const outside = (...facts: Fact[]) => tell([queued('t', at(1)), ...facts]).given.outside.slice(1);
  const held = [assigned('t', 'usr_a', at(10), 1)];

  test.each([
    ['reassigned', 'orphaned'],
    ['joined-unavailable', 'orphaned'],
    ['transferred', 'new'],
  ] as const)('R-DESK-12 a ticket taken back to line by people: %s', (cause, line) => {
    const passedOver = { usr_a: instant(at(400)) };
    expect(outside(...held, { ...back('t', 30, cause, line), passedOver })).toEqual([
      { kind: 'recalled', atMs: at(30), ticketId: 't', executorId: 'usr_a', line, passedOver },
    ]);
  });

  test.each(['declined', 'missed', 'orphaned', 'client-returned'])(
    'R-DESK-12 not what follows from a hand: %s',
    (cause) => expect(outside(...held, back('t', 30, cause, 'new'))).toEqual([]),
  );

  test('R-DESK-12 a ticket handed by people, one withdrawn from the line, one made urgent', () => {
    expect(outside(byHand('t', 'usr_b', at(20)))).toEqual([
      { kind: 'handed', atMs: at(20), ticketId: 't', executorId: 'usr_b' },
    ]);
    expect(outside(closed('t', at(20)))).toEqual([{ kind: 'withdrawn', atMs: at(20), ticketId: 't' }]);
    expect(outside(...held, closed('t', at(20)))).toEqual([]);
    // Nobody had it: it only stands in another line.
    expect(outside(back('t', 20, 'transferred', 'new'))).toEqual([]);
    expect(outside(...held, urgency('t', 20, true))).toEqual([urgency('t', 20, true)]);
    expect(outside({ ...back('t', 20, 'urgency', 'urgent'), urgent: true })).toEqual([
      { kind: 'urgency', atMs: at(20), ticketId: 't', urgent: true },
    ]);
  });

  test('R-DESK-12 a change of limits, under which waits are reckoned from then on', () => {
    const changed: Fact = { kind: 'limits', atMs: at(20), limits: { ...limits, maxReconnectWaitSec: 40 } };
    const facts = [presence('usr_a', 30, 'online', 'suspect'), presence('usr_a', 70, 'suspect', 'offline')];
    const seen = outside(changed, ...facts);
    expect(seen[0]).toBe(changed);
    expect(seen[2]).toMatchObject({ kind: 'presence', to: 'offline', timedOut: true });
  });

  test('R-DESK-12 the end of a reconnect wait is told from a word of their own by its instant', () => {
    const timedOut = (sec: number, to: 'offline' | 'away' = 'offline') => {
      const facts = [presence('usr_a', 30, 'online', 'suspect'), presence('usr_a', sec, 'suspect', to)];
      return tell(facts, { maxReconnectWaitSec: 120 }).given.outside.at(-1);
    };
    expect([145, 150, 155].map((sec) => timedOut(sec))).toMatchObject(Array(3).fill({ timedOut: true }));
    expect([144.999, 155.001, 30.5].map((sec) => timedOut(sec))).toMatchObject(
      Array(3).fill({ timedOut: false }),
    );
    expect(timedOut(150, 'away')).toMatchObject({ timedOut: false });
    // Back before: what they say later is their own word.
    const word = [
      presence('usr_a', 30, 'online', 'suspect'),
      presence('usr_a', 60, 'suspect', 'online'),
      presence('usr_a', 150, 'online', 'offline'),
    ];
    expect(tell(word, { maxReconnectWaitSec: 120 }).given.outside.at(-1)).toMatchObject({ timedOut: false });
  });

  test('R-DESK-12 who is missed at the start has been so since their last heartbeat', () => {
    const facts = [online('usr_a', at(-90)), presence('usr_a', -60, 'online', 'suspect')];
    expect(tell(facts).start.attendance.get('usr_a')).toEqual({
      presence: 'suspect',
      rank: 0,
      suspectSinceMs: at(-60),
    });
  });
});
