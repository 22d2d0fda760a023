import { accepted, assigned, at, back, closed, online, overdue, parked, presence, queued } from './facts.ts';
import { kept, live, one, taken, two } from './lived.ts';

describe('a stretch that begins in the middle', () => {
  test('R-DESK-12 goes on with tickets in hand as the day did', () => {
    const facts = [
      online('a', at(-200)),
      queued('t', at(-100)),
      ...taken('t', 'a', -100, 1),
      parked('t', at(-50)),
      accepted('t', 'a', at(20)),
      queued('n', at(1)),
      closed('t', at(60)),
      ...kept('n'),
    ];
    expect(live(facts)).toMatchObject({ closed: 1, dealt: ['n a'], heldAtEnd: 1, missed: 0 });
    expect(live(facts, {}, one)).toMatchObject({ closed: 0, dealt: ['n a'], waitingAtEnd: 1 });
  });

  test('R-DESK-09 goes on with what must be accepted, from when it was assigned', () => {
    const facts = [
      online('a', at(-200)),
      queued('t', at(-60)),
      assigned('t', 'a', at(-60), 1),
      online('b', at(30)),
    ];
    const missed = (maxWaitSec: number) => live(facts, { maxWaitSec }).missed;
    expect([missed(100), missed(659), missed(661)]).toEqual([1, 1, 0]);
  });

  test('R-DESK-09 goes on with waits from when they began, and counts no overdue one again', () => {
    const facts = [queued('t', at(-60)), queued('u', at(-60), true), overdue('u', -10)];
    expect(live(facts, { maxWaitSec: 80, maxUrgentWaitSec: 50 })).toMatchObject({ promoted: 1, overdue: 1 });
    expect(live(facts, { maxWaitSec: 700, maxUrgentWaitSec: 50 })).toMatchObject({ promoted: 0, overdue: 0 });
  });

  test('R-DESK-12 what a ticket did in a hand before does not happen again', () => {
    const facts = [
      ...two,
      queued('t', at(-90)),
      assigned('t', 'a', at(-90), 1),
      back('t', -80, 'declined', 'new'),
      assigned('t', 'a', at(30), 2),
      accepted('t', 'a', at(32)),
      closed('t', at(50)),
    ];
    const waits = live([...facts.slice(0, 2), ...facts.slice(2)]);
    expect(waits).toMatchObject({ closed: 1, missed: 0 });
    expect(waits.dealt).toHaveLength(1);
  });

  test('R-DESK-12 what they refused later the same day, they refuse again', () => {
    const facts = [
      online('a', at(-200)),
      queued('t', at(-90)),
      assigned('t', 'a', at(-90), 1),
      back('t', 10, 'declined', 'new'),
      assigned('t', 'a', at(310), 2),
      back('t', 320, 'declined', 'new'),
    ];
    expect(live(facts)).toMatchObject({ dealt: ['t a'], waitingAtEnd: 1, heldAtEnd: 0 });
  });

  test('R-DESK-12 a ticket that they keep in this run takes them as long as whoever got it', () => {
    const facts = [
      online('a', at(-90)),
      queued('t', at(-80)),
      ...taken('t', 'a', -80, 1),
      presence('a', -30, 'online', 'suspect'),
      presence('a', 30, 'suspect', 'offline'),
      back('t', 30, 'orphaned', 'orphaned'),
      online('b', at(20)),
      ...taken('t', 'b', 30, 2),
      closed('t', at(70)),
    ];
    expect(live(facts, { maxReconnectWaitSec: 60 })).toMatchObject({ dealt: ['t b'], closed: 1 });
    expect(live(facts, { maxReconnectWaitSec: 60 }, { maxReconnectWaitSec: 3600 })).toMatchObject({
      dealt: [],
      closed: 1,
      heldAtEnd: 0,
    });
  });

  test('R-DESK-10 what was set aside and came back before the start is in hand, room or none', () => {
    const facts = [
      online('a', at(-90)),
      queued('t', at(-80)),
      ...taken('t', 'a', -80, 1),
      parked('t', at(-60)),
      queued('u', at(-50)),
      ...taken('u', 'a', -50, 2),
      accepted('t', 'a', at(-20)),
    ];
    expect(live([...facts, ...kept('t', 'u')], {}, one)).toMatchObject({ heldAtEnd: 2, waitingAtEnd: 0 });
  });
});
