import type { Fact } from '../../../lib/replay/facts.ts';
import { accepted, assigned, at, closed, limits, online, presence, queued } from './facts.ts';
import { live, one } from './lived.ts';

/** Held from the start to the end of the day, accepted or not. */
const held = (ticketId: string, executorId: string, isAccepted = true): Fact[] => [
  queued(ticketId, at(0)),
  assigned(ticketId, executorId, at(0), 1),
  ...(isAccepted ? [accepted(ticketId, executorId, at(1))] : []),
];

describe('an executor who drops out of a lived-again stretch', () => {
  const a = online('a', at(-20));
  const helper = online('b', at(40));

  test.each([
    ['offline', true, 1],
    ['offline', false, 1],
    ['away', true, 0],
    ['away', false, 1],
    ['draining', true, 0],
    ['draining', false, 0],
    ['suspect', false, 0],
  ] as const)('R-DESK-08 going %s, with a ticket accepted (%s): %i orphaned', (to, isAccepted, orphaned) => {
    const facts = [a, ...held('t', 'a', isAccepted), presence('a', 30, 'online', to), helper];
    const { waitsByLine, dealt } = live(facts, { maxReconnectWaitSec: 3600 });
    expect(waitsByLine.orphaned.count).toBe(orphaned);
    expect(dealt).toEqual(orphaned ? ['t a', 't b'] : ['t a']);
  });

  test.each(['offline', 'away', 'draining', 'suspect'] as const)(
    'R-DESK-06 gets nothing while %s, and again once online',
    (to) => {
      const facts = [
        a,
        presence('a', 30, 'online', to),
        queued('t', at(40)),
        presence('a', 100, to, 'online'),
      ];
      expect(live(facts, { maxReconnectWaitSec: 3600 })).toMatchObject({
        dealt: ['t a'],
        waits: { maxSec: 60 },
      });
    },
  );

  test('R-DESK-08 as a suspect is waited for as long as the limits of this run say, from the last sign', () => {
    const facts = [a, ...held('t', 'a'), presence('a', 30, 'online', 'suspect'), online('b', at(20))];
    const orphanedAfter = (maxReconnectWaitSec: number, back: number) => {
      const returned = presence('a', back, 'suspect', 'online');
      return live([...facts, returned], { maxReconnectWaitSec: 400 }, { maxReconnectWaitSec }).dealt;
    };
    expect(orphanedAfter(60, 89)).toEqual(['t a']);
    expect(orphanedAfter(60, 91)).toEqual(['t a', 't b']);
    expect(orphanedAfter(400, 91)).toEqual(['t a']);
  });

  test('R-DESK-08 missed before the stretch began, is waited for from then', () => {
    const before = [online('a', at(-90)), queued('t', at(-80)), assigned('t', 'a', at(-80), 1)];
    const facts = [...before, accepted('t', 'a', at(-79)), presence('a', -30, 'online', 'suspect'), helper];
    const { waitsByLine } = live(facts, { maxReconnectWaitSec: 50 });
    expect(waitsByLine.orphaned).toMatchObject({ count: 1, maxSec: 20 });
    expect(live(facts, { maxReconnectWaitSec: 3600 }).waitsByLine.orphaned.count).toBe(0);
  });

  test('R-DESK-08 is lost at the day’s own instant when that is close', () => {
    const lost = presence('a', 93, 'suspect', 'offline');
    const facts = [a, ...held('t', 'a'), presence('a', 30, 'online', 'suspect'), lost, online('b', at(100))];
    const orphanedFor = (given: number, override = {}) =>
      live(facts, { maxReconnectWaitSec: given }, override).waitsByLine.orphaned.maxSec;
    expect(orphanedFor(60)).toBe(7);
    // The day's own timeout is none of a run with other limits.
    expect(orphanedFor(60, { maxReconnectWaitSec: 30 })).toBe(40);
    expect(live(facts, { maxReconnectWaitSec: 60 }, { maxReconnectWaitSec: 3600 }).dealt).toEqual(['t a']);
  });

  test('R-DESK-08 is lost a second time at that time’s own instant', () => {
    const facts = [
      a,
      presence('a', 10, 'online', 'suspect'),
      presence('a', 73, 'suspect', 'offline'),
      presence('a', 90, 'offline', 'online'),
      queued('t', at(100)),
      assigned('t', 'a', at(100), 1),
      accepted('t', 'a', at(101)),
      presence('a', 110, 'online', 'suspect'),
      presence('a', 174, 'suspect', 'offline'),
      online('b', at(180)),
    ];
    expect(live(facts, { maxReconnectWaitSec: 60 }).waitsByLine.orphaned).toMatchObject({
      count: 1,
      maxSec: 6,
    });
  });

  test('R-DESK-08 by their own word leaves in every run, whatever the reconnect wait', () => {
    const word = presence('a', 50, 'suspect', 'offline');
    const facts = [a, ...held('t', 'a'), presence('a', 30, 'online', 'suspect'), word, online('b', at(60))];
    const { waitsByLine } = live(facts, { maxReconnectWaitSec: 300 });
    expect(waitsByLine.orphaned).toMatchObject({ count: 1, maxSec: 10 });
  });
});

describe('who counts and whose turn it is', () => {
  test('R-DESK-12 everybody online at some time counts for fairness', () => {
    const facts = [
      online('a', at(-20)),
      presence('away', -10, 'online', 'away'),
      online('a-too', at(-15)),
      online('b', at(30)),
      online('b-too', at(35)),
      presence('c', 40, 'offline', 'draining'),
    ];
    expect(live(facts).fairness.executors).toBe(4);
  });

  test('R-DESK-06 who comes within the stretch has the turn they had on the day; others keep their own', () => {
    const rank = (fact: Fact, value: number): Fact => ({ ...fact, rank: value }) as Fact;
    const facts = [
      rank(online('early', at(-20)), 9),
      rank(online('middle', at(-20)), 3),
      rank(online('late', at(10)), 4),
      rank(presence('early', 20, 'online', 'online'), 1),
      ...['t', 'u', 'v'].map((id) => queued(id, at(30))),
    ];
    expect(live(facts).dealt).toEqual(['t middle', 'u late', 'v early']);
  });

  test('R-DESK-06 goes round by the numbers of this run, which go on from the day’s', () => {
    const people = [online('a', at(-20)), online('b', at(-20)), online('c', at(-20))];
    const tickets = Array.from({ length: 6 }, (_, index) => queued(`t${index}`, at(index * 10)));
    expect(live([...people, ...tickets]).dealt).toEqual(['t0 a', 't1 b', 't2 c', 't3 a', 't4 b', 't5 c']);
    // Two at once, then one: the third goes to whoever is left.
    const pair = [queued('x', at(1)), queued('y', at(1)), queued('z', at(2))];
    expect(live([...people, ...pair]).dealt).toEqual(['x a', 'y b', 'z c']);
  });
});

describe('when the dispatcher looks', () => {
  const dayOf = (...delaysMs: number[]): Fact[] =>
    delaysMs.flatMap((delayMs, index) => [
      queued(`d${index}`, at(index * 60)),
      assigned(`d${index}`, 'a', at(index * 60) + delayMs, index + 1),
    ]);

  test('R-DESK-12 it looks when the day’s did after such a wake-up', () => {
    const { waits } = live([online('a', at(-20)), ...dayOf(200, 300, 400)]);
    expect(waits).toMatchObject({ count: 3, meanSec: 0.3, maxSec: 0.4 });
  });

  test('R-DESK-12 else after its usual delay', () => {
    // On the day the second waited a minute for room, of which there is enough in this run.
    const facts = [online('a', at(-20)), ...dayOf(300, 50_000), queued('x', at(500))];
    const { waits } = live(facts, {}, { maxTicketsPerExecutor: 50 });
    expect(waits).toMatchObject({ count: 3, maxSec: 1 });
  });

  test('R-DESK-12 a look serves all who wait by then, and a ticket that left meanwhile is nobody’s', () => {
    const facts = [
      online('a', at(-20)),
      ...dayOf(200),
      queued('gone', at(300)),
      closed('gone', at(300) + 100),
    ];
    const { dealt, closed: ended, waitingAtEnd } = live(facts);
    expect(dealt).toEqual(['d0 a']);
    expect({ ended, waitingAtEnd }).toEqual({ ended: 1, waitingAtEnd: 0 });
  });

  test('R-DESK-12 room that a higher cap makes is used at once', () => {
    const wider: Fact = { kind: 'limits', atMs: at(100), limits: { ...limits, maxTicketsPerExecutor: 2 } };
    const facts = [online('a', at(-20)), ...held('t', 'a'), queued('n', at(10)), wider];
    expect(live(facts, one)).toMatchObject({ dealt: ['t a', 'n a'], waits: { maxSec: 90 } });
  });
});
