import type { LimitValues } from '../../../lib/desk/model.ts';
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
  parked,
  presence,
  queued,
  urgency,
} from './facts.ts';
import { kept, live, one, taken, two } from './lived.ts';

describe('a ticket in a hand', () => {
  test('R-DESK-09 is missed when it was not accepted in time, and goes on to somebody else as an orphan', () => {
    const facts = [...two, queued('t', at(0)), assigned('t', 'a', at(0), 1), ...kept('t')];
    const { dealt, missed, waitsByLine, heldAtEnd } = live(facts, { maxWaitSec: 60 });
    expect(dealt).toEqual(['t a', 't b']);
    expect({ missed, heldAtEnd }).toEqual({ missed: 1, heldAtEnd: 1 });
    expect(waitsByLine.orphaned).toMatchObject({ count: 1, maxSec: 0 });
  });

  test('R-DESK-09 is missed urgently when it is urgent', () => {
    const facts = [...two, queued('t', at(0), true), assigned('t', 'a', at(0), 1)];
    expect(live(facts, { maxUrgentWaitSec: 60 }).missed).toBe(1);
    expect(live(facts, { maxWaitSec: 60 }).missed).toBe(0);
  });

  test('R-DESK-10 comes back to whoever missed it after five minutes, not before', () => {
    const facts = [online('a'), queued('t', at(0)), assigned('t', 'a', at(0), 1)];
    const { dealt, waitsByLine, overdue: late } = live(facts, { maxWaitSec: 100 });
    expect(dealt).toEqual(['t a', 't a']);
    expect(waitsByLine.orphaned).toMatchObject({ count: 1, maxSec: 300 });
    // An orphan is never promoted: it waits too long where it is, and that once.
    expect(late).toBe(1);
  });

  test('R-DESK-09 is missed at the day’s own instant when that is close', () => {
    const missed = [
      online('a'),
      queued('t', at(0)),
      assigned('t', 'a', at(0), 1),
      back('t', 103, 'missed', 'orphaned'),
    ];
    const facts = [...missed, online('b', at(120)), ...taken('t', 'b', 120, 2)];
    const { waitsByLine, day } = live(facts, { maxWaitSec: 100 });
    expect(waitsByLine.orphaned).toMatchObject({ count: 1, maxSec: 17 });
    expect(day.waitsByLine).toEqual(waitsByLine);
  });

  test('R-DESK-10 that they decline, goes to its own line and to somebody else', () => {
    const declined = (urgent: boolean) => {
      const facts = [...two, queued('t', at(0), urgent), assigned('t', 'a', at(0), 1)];
      return live([...facts, back('t', 9, 'declined', urgent ? 'urgent' : 'new')]);
    };
    expect(declined(false)).toMatchObject({
      dealt: ['t a', 't b'],
      missed: 0,
      waitsByLine: { new: { count: 2 } },
    });
    expect(declined(true)).toMatchObject({ dealt: ['t a', 't b'], waitsByLine: { urgent: { count: 2 } } });
  });

  test('R-DESK-10 that was accepted is never missed', () => {
    const facts = [online('a'), queued('t', at(0)), ...taken('t', 'a', 0, 1)];
    expect(live(facts, { maxWaitSec: 60 })).toMatchObject({ missed: 0, heldAtEnd: 1, dealt: ['t a'] });
  });

  test('R-DESK-12 closed, makes room for the next at that instant', () => {
    const facts = [
      online('a'),
      queued('t', at(0)),
      ...taken('t', 'a', 0, 1),
      queued('next', at(10)),
      closed('t', at(50)),
      ...kept('next'),
    ];
    expect(live(facts, {}, one)).toMatchObject({
      closed: 1,
      dealt: ['t a', 'next a'],
      waits: { count: 2, maxSec: 40 },
      heldAtEnd: 1,
      guessed: 0,
    });
  });

  test('R-DESK-12 that left for another desk is gone, and not closed', () => {
    const facts = [
      online('a'),
      queued('t', at(0)),
      ...taken('t', 'a', 0, 1),
      queued('next', at(10)),
      ...kept('next'),
    ];
    const left: Fact = { kind: 'left', atMs: at(50), ticketId: 't' };
    expect(live([...facts, left], {}, one)).toMatchObject({
      closed: 0,
      dealt: ['t a', 'next a'],
      waits: { maxSec: 40 },
    });
  });
});

describe('a ticket that waits for its client', () => {
  const facts = [
    online('a'),
    queued('t', at(0)),
    ...taken('t', 'a', 0, 1),
    queued('next', at(10)),
    parked('t', at(50)),
    accepted('t', 'a', at(80)),
    closed('t', at(120)),
    ...kept('next'),
  ];

  test('R-DESK-10 takes no room, and comes back to the same hand when there is some', () => {
    expect(live(facts)).toMatchObject({ dealt: ['t a', 'next a'], closed: 1, assigned: 2, heldAtEnd: 1 });
  });

  test('R-DESK-10 takes room again once it is back, and is as accepted as before', () => {
    const day = facts.filter((fact) => !('ticketId' in fact) || fact.ticketId === 't');
    const later = [...day, queued('n', at(90)), ...kept('n')];
    expect(live(later, {}, one)).toMatchObject({ dealt: ['t a', 'n a'], waits: { maxSec: 30 } });
    const away = [...later, presence('a', 100, 'online', 'away')];
    expect(live(away, {}, one)).toMatchObject({ dealt: ['t a'], closed: 1, waitingAtEnd: 1 });
  });

  test('R-DESK-10 goes to its line when its executor has no room for it any more', () => {
    const { dealt, closed: ended, waitingAtEnd, waits } = live(facts, {}, one);
    expect(dealt).toEqual(['t a', 'next a']);
    expect({ ended, waitingAtEnd, waits: waits.maxSec }).toEqual({ ended: 0, waitingAtEnd: 1, waits: 40 });
  });

  test('R-DESK-10 is neither waiting nor held, and stays when its executor leaves', () => {
    const away = [...facts.slice(0, 6), presence('a', 60, 'online', 'offline')];
    const outcome = live(away, {}, one);
    expect(outcome).toMatchObject({ heldAtEnd: 0, waitingAtEnd: 1, dealt: ['t a', 'next a'] });
  });

  test('R-DESK-10 goes to its own class’s line when its executor is away', () => {
    const urgent = [
      ...two,
      queued('t', at(0), true),
      ...taken('t', 'a', 0, 1),
      parked('t', at(50)),
      presence('a', 60, 'online', 'away'),
      back('t', 80, 'client-returned', 'urgent'),
    ];
    expect(live(urgent)).toMatchObject({ dealt: ['t a', 't b'], waitsByLine: { urgent: { count: 2 } } });
  });
});

describe('a wait that is too long', () => {
  test('R-DESK-09 in the new line ends in the urgent one, there and as an orphan in a count; each once', () => {
    const facts = [queued('t', at(0)), queued('u', at(0), true), queued('soon', at(580))];
    expect(live(facts, { maxWaitSec: 100, maxUrgentWaitSec: 50 })).toMatchObject({
      promoted: 1,
      overdue: 2,
      waitingAtEnd: 3,
    });
  });

  test('R-DESK-09 of a promoted ticket is told by the line it began in, from there on', () => {
    const facts = [queued('t', at(0)), online('a', at(130))];
    expect(live(facts, { maxWaitSec: 100 })).toMatchObject({
      promoted: 1,
      waitsByLine: { new: { count: 1, maxSec: 130 }, urgent: { count: 0 } },
    });
  });

  test('R-DESK-09 promotes a ticket before those of the new line, at the day’s own instant when that is close', () => {
    const facts = [queued('old', at(0)), back('old', 103, 'promoted', 'urgent'), queued('u', at(102), true)];
    const firstAt = (sec: number) =>
      live([...facts, online('a', at(sec))], { maxWaitSec: 100 }, one).dealt[0];
    // Until then the urgent one comes first; then the older of the two.
    expect(firstAt(102.5)).toBe('u a');
    expect(firstAt(103.5)).toBe('old a');
  });

  test('R-DESK-09 is reckoned by the limits in force, from when the wait began', () => {
    const changed: Fact = { kind: 'limits', atMs: at(50), limits: { ...limits, maxWaitSec: 100 } };
    const facts = [queued('t', at(0)), changed];
    const promoted = (override: Partial<LimitValues>, arrivesAt: number) => {
      const { waitsByLine, promoted: count } = live([...facts, online('a', at(arrivesAt))], {}, override);
      return [count, waitsByLine.new.count];
    };
    expect(promoted({}, 99)).toEqual([0, 1]);
    expect(promoted({}, 101)).toEqual([1, 1]);
    expect(promoted({ maxWaitSec: 500 }, 101)).toEqual([0, 1]);
  });

  test('R-DESK-09 that is over is not begun again by a change of limits', () => {
    const changed: Fact = { kind: 'limits', atMs: at(90), limits: { ...limits, maxUrgentWaitSec: 100 } };
    expect(live([queued('t', at(0), true), changed], { maxUrgentWaitSec: 50 }).overdue).toBe(1);
    const earlier: Fact = { ...changed, atMs: at(20) };
    expect(live([queued('t', at(0), true), earlier], { maxUrgentWaitSec: 50 }).overdue).toBe(1);
  });
});

describe('urgency within a day', () => {
  test('R-DESK-13 moves a waiting ticket to its line, where its wait starts anew', () => {
    const urgent = { ...back('t', 50, 'urgency', 'urgent'), urgent: true };
    const facts = [queued('first', at(0)), queued('t', at(10)), urgent];
    const {
      dealt,
      promoted,
      overdue: late,
    } = live([...facts, online('a', at(100))], { maxUrgentWaitSec: 60 }, one);
    expect({ first: dealt[0], promoted, late }).toEqual({ first: 't a', promoted: 0, late: 0 });
    expect(live([...facts, online('a', at(120))], { maxUrgentWaitSec: 60 }, one).overdue).toBe(1);
  });

  test('R-DESK-13 that is set again begins no new wait', () => {
    const again = { ...back('t', 50, 'urgency', 'urgent'), urgent: true };
    expect(live([queued('t', at(0), true), again], { maxUrgentWaitSec: 580 }).overdue).toBe(1);
  });

  test('R-DESK-13 cleared, it waits as the others do', () => {
    const facts = [
      queued('t', at(10), true),
      { ...back('t', 50, 'urgency', 'new') },
      queued('u', at(60), true),
    ];
    expect(live([...facts, online('a', at(100))], {}, one).dealt[0]).toBe('u a');
  });

  test('R-DESK-13 counts in the hand, where it takes urgent room', () => {
    const caps = { maxTicketsPerExecutor: 5, maxUrgentTicketsPerExecutor: 1 };
    const facts = [online('a'), queued('t', at(0)), ...taken('t', 'a', 0, 1), queued('u', at(50), true)];
    expect(live(facts, caps).dealt).toEqual(['t a', 'u a']);
    expect(live([...facts, urgency('t', 20, true)], caps)).toMatchObject({ dealt: ['t a'], waitingAtEnd: 1 });
    const cleared = [urgency('t', 20, true), urgency('t', 90, false)];
    expect(live([...facts, ...cleared], caps)).toMatchObject({
      dealt: ['t a', 'u a'],
      waitsByLine: { urgent: { maxSec: 40 } },
    });
  });

  test('R-DESK-13 leaves an orphan an orphan', () => {
    const facts = [
      online('a'),
      queued('t', at(0)),
      ...taken('t', 'a', 0, 1),
      presence('a', 20, 'online', 'offline'),
      back('t', 20, 'orphaned', 'orphaned'),
      { ...back('t', 40, 'urgency', 'orphaned'), urgent: true },
      { ...queued('u', at(41), true), orderedAt: instant(at(-100)) } as Fact,
      online('b', at(60)),
    ];
    expect(live(facts, {}, one)).toMatchObject({
      dealt: ['t a', 't b'],
      waitsByLine: { orphaned: { maxSec: 40 } },
    });
  });
});

describe('people act on tickets', () => {
  test('R-DESK-12 by handing one on from hand to hand, which is no wait', () => {
    const facts = [...two, queued('t', at(0)), ...taken('t', 'a', 0, 1), byHand('t', 'b', at(50))];
    expect(live(facts)).toMatchObject({ assignedByPeople: 1, waits: { count: 1 }, dealt: ['t a'] });
  });

  test('R-DESK-12 by handing one over, whatever the cap; the dispatcher’s turns go on as they were', () => {
    const facts = [
      ...two,
      queued('t', at(0)),
      ...taken('t', 'a', 0, 1),
      queued('h', at(5)),
      byHand('h', 'a', at(5)),
    ];
    const outcome = live([...facts, queued('n', at(9)), ...kept('n')], {}, one);
    expect(outcome).toMatchObject({ assignedByPeople: 1, assigned: 2, dealt: ['t a', 'n b'], heldAtEnd: 3 });
    expect(outcome.waits.count).toBe(3);
  });

  test('R-DESK-12 by taking one back from the hand it is in, and from no other', () => {
    const passedOver = { a: instant(at(400)) };
    const recalled = { ...back('t', 50, 'reassigned', 'orphaned'), passedOver };
    const facts = [queued('t', at(0)), ...taken('t', 'a', 0, 1), recalled, assigned('t', 'b', at(50), 2)];
    expect(live([...two, ...facts])).toMatchObject({
      dealt: ['t a', 't b'],
      waitsByLine: { orphaned: { count: 1 } },
    });
    // In this run somebody else has it, and keeps it.
    expect(live([online('c', at(-30)), ...facts], {}, {})).toMatchObject({ dealt: ['t c'], assigned: 1 });
  });

  test('R-DESK-12 by closing one in line', () => {
    const facts = [queued('t', at(0)), closed('t', at(30)), online('a', at(60))];
    expect(live(facts)).toMatchObject({ closed: 1, dealt: [], waitingAtEnd: 0 });
    // Had somebody been there, they would have had it, until its client closed it.
    const there = live([online('a'), queued('t', at(0)), closed('t', at(30))]);
    expect(there).toMatchObject({ closed: 1, dealt: ['t a'], heldAtEnd: 0 });
  });
});
