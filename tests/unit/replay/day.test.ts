import type { Line } from '../../../lib/desk/model.ts';
import { instant } from '../../../lib/platform/clock.ts';
import type { Fact } from '../../../lib/replay/facts.ts';
import { presentByPlans } from '../../../lib/replay/history.ts';
import { planExecutor, planInput } from '../desk/plan-arbitraries.ts';
import {
  accepted,
  assigned,
  at,
  back,
  byHand,
  closed,
  online,
  overdue,
  parked,
  presence,
  queued,
  START_MS,
  tell,
} from './facts.ts';

const kindsOf = (list: readonly { kind: string }[]) => list.map(({ kind }) => kind);

describe('a stretch told over', () => {
  test('R-DESK-12 begins with how it stood, and leaves out of it what came from outside before', () => {
    const facts = [
      online('usr_a', at(-600)),
      queued('tkt_held', at(-500)),
      assigned('tkt_held', 'usr_a', at(-400), 6),
      accepted('tkt_held', 'usr_a', at(-390)),
      queued('tkt_waits', at(-300), true),
      queued('tkt_gone', at(-200)),
      closed('tkt_gone', at(-100)),
      queued('tkt_new', at(0)),
    ];
    const { start, given } = tell(facts);
    expect([...start.openTickets.values()]).toEqual([
      expect.objectContaining({ ticketId: 'tkt_held', state: 'accepted', executorId: 'usr_a' }),
      {
        ticketId: 'tkt_waits',
        state: 'waiting',
        urgent: true,
        promoted: false,
        overdue: false,
        orderedAt: instant(at(-300)),
        line: 'urgent',
        waitingSinceMs: at(-300),
        enteredMs: at(-300),
        enteredLine: 'urgent',
        passedOver: {},
        executorId: undefined,
      },
    ]);
    // An assignment by the dispatcher is their place in the rotation.
    expect(start.attendance).toEqual(
      new Map([['usr_a', { presence: 'online', rank: 6, suspectSinceMs: undefined }]]),
    );
    expect(given.outside).toEqual([{ kind: 'arrived', atMs: at(0), queued: queued('tkt_new', at(0)) }]);
    expect(given).toMatchObject({ fromMs: at(0), toMs: at(600), start });
  });

  test('R-DESK-12 counts what happened from its first to its last instant', () => {
    const facts = [
      online('usr_a'),
      ...[-1, 0, 600, 601].flatMap((sec, index) => {
        const ticketId = `tkt_${index}`;
        return [
          queued(ticketId, at(sec - 5)),
          assigned(ticketId, 'usr_a', at(sec), index + 1),
          closed(ticketId, at(sec)),
        ];
      }),
    ];
    const { happened, sequence, given } = tell(facts);
    expect(happened).toMatchObject({
      assigned: 2,
      closed: 2,
      assignedByPeople: 0,
      waits: { count: 2, meanSec: 5 },
      waitingAtEnd: 1,
      heldAtEnd: 0,
      fairness: { executors: 1 },
    });
    expect(sequence).toEqual([
      { ticketId: 'tkt_1', executorId: 'usr_a' },
      { ticketId: 'tkt_2', executorId: 'usr_a' },
    ]);
    expect(given).toMatchObject({ plannedAtMs: [at(0), at(600)], firstNumber: 2 });
    // How long it took is known from after the stretch too.
    expect([...given.visits.keys()]).toEqual(['tkt_0', 'tkt_1', 'tkt_2', 'tkt_3']);
  });

  test('R-DESK-12 tells what waits, what is held and what waits for its client at the end apart', () => {
    const facts = [
      ...['a', 'b', 'c', 'd', 'e', 'f'].map((id) => queued(id, at(1))),
      ...['b', 'c', 'd', 'e', 'f'].map((id, index) => assigned(id, 'usr_a', at(2), index + 1)),
      accepted('c', 'usr_a', at(3)),
      ...['d', 'e', 'f'].map((id) => parked(id, at(4))),
    ];
    expect(tell(facts).happened).toMatchObject({ waitingAtEnd: 1, heldAtEnd: 2 });
  });

  test('R-DESK-12 everybody online at some time of it counts for fairness, nobody else', () => {
    const facts = [
      online('usr_before'),
      online('usr_at-once', at(0)),
      presence('usr_draining', 6, 'offline', 'draining'),
      presence('usr_draining-before', -6, 'offline', 'draining'),
      online('usr_left-before'),
      presence('usr_left-before', -500 / 1000, 'online', 'away'),
      online('usr_within', at(5)),
      presence('usr_away', 5, 'offline', 'away'),
      online('usr_after', at(601)),
    ];
    expect(tell(facts).happened.fairness.executors).toBe(3);
  });

  test('R-DESK-12 numbers go on from the least of it, and from one when nobody numbered anything', () => {
    const facts = [queued('a', at(1)), assigned('a', 'usr_a', at(2), 41), assigned('a', 'usr_b', at(3), 40)];
    expect(tell(facts).given.firstNumber).toBe(40);
    const people = tell([queued('a', at(1)), byHand('a', 'usr_a', at(2))]);
    expect(people.given).toMatchObject({ firstNumber: 1, plannedAtMs: [] });
  });

  test('R-DESK-12 the dispatcher takes as long as in its fastest tenth, a second at most', () => {
    const waits = (...delaysMs: number[]) =>
      tell(
        delaysMs.flatMap((delayMs, index) => [
          queued(`t${index}`, at(index)),
          assigned(`t${index}`, 'usr_a', at(index) + delayMs, index + 1),
        ]),
      ).given.planDelayMs;
    expect(waits(300, 100, 9000)).toBe(140);
    expect(waits(5000, 6000)).toBe(1000);
    expect(waits()).toBe(0);
    // A manual decision shows nothing of the dispatcher.
    const facts = [queued('a', at(1)), byHand('a', 'usr_a', at(1) + 500)];
    expect(tell(facts).given.planDelayMs).toBe(0);
  });
});

describe('waits of a day', () => {
  const waitsOf = (...facts: Fact[]) => tell([queued('t', at(0)), ...facts]).happened;
  const line = (name: Line, count: number, maxSec: number) => ({
    waitsByLine: { [name]: { count, maxSec } },
  });

  test('R-DESK-12 begin where the ticket came into line; a promotion or urgency does not end them', () => {
    const moved = [back('t', 50, 'promoted', 'urgent'), assigned('t', 'usr_a', at(80), 1)];
    expect(waitsOf(...moved)).toMatchObject({ promoted: 1, ...line('new', 1, 80) });
    const urgent = [back('t', 50, 'urgency', 'urgent'), byHand('t', 'usr_a', at(70))];
    expect(waitsOf(...urgent)).toMatchObject({ promoted: 0, assignedByPeople: 1, ...line('new', 1, 70) });
  });

  test('R-DESK-12 begin anew when it comes back from a hand', () => {
    const again = [
      assigned('t', 'usr_a', at(10), 1),
      back('t', 30, 'missed', 'orphaned'),
      assigned('t', 'usr_b', at(45), 2),
    ];
    const happened = waitsOf(...again);
    expect(happened).toMatchObject({ missed: 1, assigned: 2, waits: { count: 2, meanSec: 12.5 } });
    expect(happened).toMatchObject(line('orphaned', 1, 15));
    expect(waitsOf(...again.slice(0, 2)).waits.count).toBe(1);
    // From hand to hand nobody waits.
    expect(waitsOf(...again.slice(0, 1), byHand('t', 'usr_b', at(20))).waits.count).toBe(1);
  });

  test('R-DESK-12 a promotion of a ticket that somebody holds begins no older wait', () => {
    const facts = [
      assigned('t', 'usr_a', at(10), 1),
      back('t', 30, 'promoted', 'urgent'),
      assigned('t', 'usr_b', at(45), 2),
    ];
    expect(waitsOf(...facts)).toMatchObject(line('urgent', 1, 15));
  });

  test('R-DESK-12 that are overdue are counted and remembered, until the next one', () => {
    const openTicket = (...facts: Fact[]) =>
      tell([queued('t', at(-100)), overdue('t', -50), ...facts]).start.openTickets.get('t');
    expect(openTicket()).toMatchObject({ overdue: true });
    expect(openTicket(back('t', -40, 'promoted', 'urgent'))).toMatchObject({ overdue: false });
    expect(waitsOf(overdue('t', 300)).overdue).toBe(1);
    expect(waitsOf({ kind: 'left', atMs: at(300), ticketId: 't' })).toMatchObject({
      closed: 0,
      waitingAtEnd: 0,
    });
  });

  test('R-DESK-12 the instants of promotions are kept, ticket by ticket', () => {
    const { given } = tell([
      queued('t', at(0)),
      queued('u', at(0)),
      back('t', 50, 'promoted', 'urgent'),
      back('t', 60, 'declined', 'new'),
      back('t', 90, 'promoted', 'urgent'),
    ]);
    expect(given.promotions).toEqual(new Map([['t', [at(50), at(90)]]]));
  });
});

describe('executors of whom the facts say nothing', () => {
  const from = instant(START_MS);
  const seen = (sec: number, ...executors: ReturnType<typeof planExecutor>[]) =>
    planInput({ at: instant(at(sec)), executors });

  test('R-DESK-12 were online from before the start when a plan says so', () => {
    const inputs = [
      seen(5, planExecutor('usr_a', { rank: 3 }), planExecutor('usr_gone', { presence: 'away' })),
      seen(9, planExecutor('usr_a', { rank: 8 })),
    ];
    expect(presentByPlans([], inputs, from)).toEqual([
      { kind: 'presence', atMs: START_MS - 1, executorId: 'usr_a', from: undefined, to: 'online', rank: 3 },
    ]);
  });

  test('R-DESK-12 not when the facts tell of them up to then', () => {
    const inputs = [seen(5, planExecutor('usr_a'))];
    const told = (...secs: number[]) =>
      presentByPlans([queued('t', at(0)), ...secs.map((sec) => online('usr_a', at(sec)))], inputs, from)
        .length;
    expect([told(5), told(9, 4), told(4, 9), told(5.001)]).toEqual([0, 0, 0, 1]);
  });
});

test('R-DESK-12 a told day says of the order of its kinds what the journal could not', () => {
  const facts = [closed('t', at(5)), assigned('t', 'usr_a', at(5), 1), queued('t', at(5))];
  expect(tell(facts).happened).toMatchObject({ assigned: 1, closed: 1, waitingAtEnd: 0 });
  expect(kindsOf(tell(facts).given.outside)).toEqual(['arrived']);
});
