import type { JournalEntry } from '../../../lib/desk/core/journal.ts';
import { hoursBetween, journalsOf } from '../../../lib/desk/core/journal.ts';
import { limitsChanged, ticketClosed, ticketReleased } from '../../../lib/desk/events.ts';
import { instant } from '../../../lib/platform/clock.ts';
import { checkPlan } from '../../../lib/replay/decisions.ts';
import { type Fact, factOf } from '../../../lib/replay/facts.ts';
import { readDay, sameAssignments } from '../../../lib/replay/history.ts';
import { simulate } from '../../../lib/replay/simulation.ts';
import { planExecutor, planInput, planTicket } from '../desk/plan-arbitraries.ts';
import { assigned, at, closed, limits, online, queued, START_MS, span } from './facts.ts';

describe('simulation', () => {
  test('R-DESK-12 the same case gives the same outcome, and is left as it was', () => {
    const facts = [
      online('usr_a'),
      queued('tkt_1', at(1)),
      assigned('tkt_1', 'usr_a', at(1), 1),
      queued('tkt_2', at(2)),
    ];
    const told = readDay({ ...span(5), limits, facts });
    const first = simulate(told.caseUnder({}));
    expect(simulate(told.caseUnder({}))).toEqual(first);
  });

  test('R-DESK-12 tickets of one millisecond are served in the planner’s order, not in that of the journal', () => {
    const facts = [
      online('usr_a'),
      online('usr_b'),
      queued('tkt_z', at(1)),
      queued('tkt_a', at(1)),
      queued('tkt_u', at(1), true),
    ];
    const { sequence } = simulate(readDay({ ...span(5), limits, facts }).caseUnder({}));
    expect(sequence.map(({ ticketId, executorId }) => [ticketId, executorId])).toEqual([
      ['tkt_u', 'usr_a'],
      ['tkt_a', 'usr_b'],
      ['tkt_z', 'usr_a'],
    ]);
  });

  test('R-DESK-12 what is open at the end is counted as such, and not as a wait', () => {
    const facts = [online('usr_a'), queued('tkt_1', at(1)), queued('tkt_2', at(2))];
    const told = readDay({ ...span(1), limits, facts });
    const { outcome, guessed } = simulate(told.caseUnder({ maxTicketsPerExecutor: 1 }));
    expect(outcome).toMatchObject({ waitingAtEnd: 1, heldAtEnd: 1, closed: 0, waits: { count: 1 } });
    expect(guessed).toBe(1);
    expect(told.happened).toMatchObject({ waitingAtEnd: 2, heldAtEnd: 0, waits: { count: 0 } });
  });

  test('R-DESK-12 a shorter reconnect wait takes tickets away that the day left with their executor', () => {
    const suspectAt = 30;
    const facts: Fact[] = [
      online('usr_a'),
      queued('tkt_1', at(1)),
      assigned('tkt_1', 'usr_a', at(1), 1),
      { kind: 'accepted', atMs: at(5), ticketId: 'tkt_1', executorId: 'usr_a' },
      { kind: 'presence', atMs: at(suspectAt), executorId: 'usr_a', from: 'online', to: 'suspect', rank: 1 },
      {
        kind: 'presence',
        atMs: at(suspectAt + 60),
        executorId: 'usr_a',
        from: 'suspect',
        to: 'online',
        rank: 1,
      },
      closed('tkt_1', at(200)),
    ];
    const told = readDay({ ...span(10), limits: { ...limits, maxReconnectWaitSec: 120 }, facts });

    const own = simulate(told.caseUnder({}));
    const shorter = simulate(told.caseUnder({ maxReconnectWaitSec: 20 }));

    expect(own.sequence).toHaveLength(1);
    // Orphaned after 20 s of waiting, back to the same executor when they return 40 s later.
    expect(shorter.sequence).toHaveLength(2);
    expect(shorter.outcome.waitsByLine.orphaned).toMatchObject({ count: 1, maxSec: 40 });
  });

  test('R-DESK-12 a longer reconnect wait leaves tickets with an executor whom the day gave up', () => {
    const presence = (
      sec: number,
      from: 'online' | 'suspect' | 'offline',
      to: 'suspect' | 'offline' | 'online',
    ): Fact => ({
      kind: 'presence',
      atMs: at(sec),
      executorId: 'usr_a',
      from,
      to,
      rank: 1,
    });
    const facts: Fact[] = [
      online('usr_a'),
      queued('tkt_1', at(1)),
      assigned('tkt_1', 'usr_a', at(1), 1),
      { kind: 'accepted', atMs: at(5), ticketId: 'tkt_1', executorId: 'usr_a' },
      presence(30, 'online', 'suspect'),
      presence(91, 'suspect', 'offline'),
      { ...queued('tkt_1', at(91)), cause: 'orphaned', line: 'orphaned' } as Fact,
      presence(150, 'offline', 'online'),
      assigned('tkt_1', 'usr_a', at(150), 2),
      closed('tkt_1', at(200)),
    ];
    const told = readDay({ ...span(10), limits: { ...limits, maxReconnectWaitSec: 60 }, facts });

    const [own, longer] = [
      simulate(told.caseUnder({})),
      simulate(told.caseUnder({ maxReconnectWaitSec: 300 })),
    ];

    expect(own.sequence).toHaveLength(2);
    // The timer of the day was a second late; the simulated one takes its instant.
    expect(own.outcome).toEqual(told.happened);
    expect(longer.sequence).toHaveLength(1);
    expect(longer.outcome.waitsByLine.orphaned.count).toBe(0);
  });

  test('R-DESK-12 longer waits make fewer promotions', () => {
    const facts = [queued('tkt_1', at(1)), queued('tkt_2', at(100))];
    const told = readDay({
      ...span(10),
      limits: { ...limits, maxWaitSec: 300, maxUrgentWaitSec: 120 },
      facts,
    });
    const promoted = (maxWaitSec: number) => simulate(told.caseUnder({ maxWaitSec })).outcome;
    expect(promoted(300)).toMatchObject({ promoted: 2, overdue: 2 });
    expect(promoted(550)).toMatchObject({ promoted: 1, overdue: 0 });
    expect(promoted(900)).toMatchObject({ promoted: 0, overdue: 0 });
  });

  test('R-DESK-12 assignments are compared ticket by ticket, time by time', () => {
    const dealt = (...pairs: [string, string][]) =>
      pairs.map(([ticketId, executorId]) => ({ ticketId, executorId }));
    const day = dealt(['t1', 'a'], ['t2', 'b'], ['t1', 'b']);
    expect(sameAssignments(day, dealt(['t2', 'b'], ['t1', 'a'], ['t1', 'b']))).toEqual({ same: 3, of: 3 });
    expect(sameAssignments(day, dealt(['t1', 'b'], ['t2', 'b']))).toEqual({ same: 1, of: 3 });
    expect(sameAssignments(day, dealt(['t3', 'a']))).toEqual({ same: 0, of: 3 });
  });
});

describe('decisions made again', () => {
  const tickets = [
    planTicket({ orderedAt: instant(START_MS) }),
    planTicket({ orderedAt: instant(START_MS + 1) }),
  ];
  const input = planInput({
    tickets,
    executors: [planExecutor('usr_a'), planExecutor('usr_b')],
    firstNumber: 7,
  });
  const [first, second] = tickets.map(({ ticketId }) => ticketId) as [string, string];

  test('R-DESK-12 the same, and one that another was faster with is not a difference', () => {
    expect(checkPlan(input, [{ number: 7, ticketId: first, executorId: 'usr_a' }])).toMatchObject({
      replayed: 1,
      same: 1,
      notCarriedOut: 1,
      differentCount: 0,
    });
  });

  test('R-DESK-12 another executor, or another number, is a difference and is shown', () => {
    const check = checkPlan(input, [
      { number: 7, ticketId: first, executorId: 'usr_b' },
      { number: 9, ticketId: second, executorId: 'usr_b' },
    ]);
    expect(check).toMatchObject({ same: 0, differentCount: 2 });
    expect(check.different[0]).toMatchObject({
      executorId: 'usr_b',
      replayedExecutorId: 'usr_a',
      replayedNumber: 7,
    });
  });
});

describe('journal', () => {
  test('R-DESK-12 a fact belongs to its desk, to the desk it left, and global limits to every desk', () => {
    const data = { ticketId: 't', deskId: 'dsk_b', fromDeskId: 'dsk_a' };
    expect(journalsOf({ type: ticketReleased.name, data })).toEqual(['dsk_b', 'dsk_a']);
    expect(journalsOf({ type: ticketClosed.name, data: { deskId: 'dsk_a' } })).toEqual(['dsk_a']);
    expect(journalsOf({ type: limitsChanged.name, data: { deskIds: 'all' } })).toEqual(['*']);
  });

  test('R-DESK-12 the desk that a ticket left reads that it is gone, the other one nothing', () => {
    const data = {
      ticketId: 't',
      deskId: 'dsk_b',
      fromDeskId: 'dsk_a',
      state: 'waiting',
      executorId: 'usr_a',
    };
    const entry: JournalEntry = { id: 'e', at: instant(START_MS), type: ticketReleased.name, data };
    expect(factOf('dsk_a', entry)).toMatchObject({ kind: 'left', ticketId: 't' });
    expect(factOf('dsk_b', entry)).toBeUndefined();
  });

  test('R-DESK-12 a span touches each hour between its ends', () => {
    expect(hoursBetween('2026-01-05T23:59:59.999Z', '2026-01-06T01:00:00.000Z')).toEqual([
      '2026-01-05T23',
      '2026-01-06T00',
      '2026-01-06T01',
    ]);
  });
});
