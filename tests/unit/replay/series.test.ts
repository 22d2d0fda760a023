import type { Fact } from '../../../lib/replay/facts.ts';
import { readDay } from '../../../lib/replay/history.ts';
import { type Fare, movedTickets, SHOWN_MOVED } from '../../../lib/replay/moved.ts';
import { noCurves, packedCurves, unpackedCurves } from '../../../lib/replay/packed-curves.ts';
import { SeriesTally } from '../../../lib/replay/series.ts';
import { simulate } from '../../../lib/replay/simulation.ts';
import { accepted, assigned, at, closed, limits, online, queued, span } from './facts.ts';

const STEP = 900;
const QUIET = { waitP95Sec: null };

/** One executor with one ticket at a time: the second waits until the first is closed. */
const twoTickets: Fact[] = [
  online('usr_a'),
  queued('tkt_1', at(10)),
  assigned('tkt_1', 'usr_a', at(10), 1),
  accepted('tkt_1', 'usr_a', at(15)),
  queued('tkt_2', at(20)),
  closed('tkt_1', at(STEP + 60)),
  assigned('tkt_2', 'usr_a', at(STEP + 60), 2),
  accepted('tkt_2', 'usr_a', at(STEP + 65)),
];

describe('curves of a simulation', () => {
  test('R-DESK-12 each step has its arrivals, what waits as it ends, and the waits that ended in it', () => {
    const day = readDay({ ...span(40), limits: { ...limits, maxTicketsPerExecutor: 1 }, facts: twoTickets });
    const { series } = simulate(day.caseUnder({}));
    expect(series.new).toEqual({
      arrivals: [2, 0, 0],
      waitingAtEnd: [1, 0, 0],
      waitP95Sec: [0, STEP + 40, QUIET.waitP95Sec],
      breaches: [0, 0, 0],
    });
    expect(series.urgent.arrivals).toEqual([0, 0, 0]);
  });

  test('R-DESK-12 a promoted ticket breaches in the new line and arrives in the urgent one', () => {
    const own = { ...limits, maxTicketsPerExecutor: 1, maxWaitSec: 300, maxUrgentWaitSec: 900 };
    const day = readDay({ ...span(40), limits: own, facts: twoTickets });
    const { series, outcome } = simulate(day.caseUnder({}));
    expect([outcome.promoted, outcome.overdue]).toEqual([1, 0]);
    expect(series.new.breaches).toEqual([1, 0, 0]);
    expect(series.new.waitingAtEnd).toEqual([0, 0, 0]);
    expect(series.urgent).toMatchObject({
      arrivals: [1, 0, 0],
      waitingAtEnd: [1, 0, 0],
      breaches: [0, 0, 0],
    });
  });

  test('R-DESK-12 what still waits at the end is in the last step, an instant on an edge in the later one', () => {
    const facts = [queued('tkt_1', at(STEP)), queued('tkt_2', at(2 * STEP))];
    const { series } = simulate(readDay({ ...span(30), limits, facts }).caseUnder({}));
    expect(series.new).toMatchObject({ arrivals: [0, 2], waitingAtEnd: [0, 2] });
  });

  test('R-DESK-12 steps are quarters of an hour up to a week, then hours: 744 at most', () => {
    const day = 86_400_000;
    const steps = (ms: number) => new SeriesTally(0, ms).series().new.arrivals.length;
    expect([steps(1), steps(7 * day), steps(7 * day + 1), steps(31 * day)]).toEqual([1, 672, 169, 744]);
  });
});

describe('tickets that fare differently', () => {
  // A plan is made a second after the wake-up, as on the day.
  test('R-DESK-12 a ticket is shown with line, wait, executor and load under both limits', () => {
    const day = readDay({ ...span(40), limits: { ...limits, maxTicketsPerExecutor: 1 }, facts: twoTickets });
    const [own, wider] = [simulate(day.caseUnder({})), simulate(day.caseUnder({ maxTicketsPerExecutor: 2 }))];
    const fare = { line: 'new', promoted: false, executorId: 'usr_a' };
    expect(movedTickets(own.fares, wider.fares)).toEqual({
      tickets: [
        {
          ticketId: 'tkt_2',
          simulated: { ...fare, waitSec: STEP + 40, load: 1 },
          changed: { ...fare, waitSec: 1, load: 2 },
          differenceSec: -(STEP + 39),
        },
      ],
      sooner: 1,
      later: 0,
    });
  });

  test('R-DESK-12 one that nobody was given has waited until the end', () => {
    const facts = [online('usr_a'), queued('tkt_1', at(1)), queued('tkt_2', at(2))];
    const day = readDay({ ...span(1), limits: { ...limits, maxTicketsPerExecutor: 1 }, facts });
    const { fares } = simulate(day.caseUnder({}));
    expect(fares.get('tkt_2')).toEqual({
      line: 'new',
      promoted: false,
      waitSec: 58,
      executorId: null,
      load: null,
    });
  });

  test('R-DESK-12 the fifty largest differences are shown, all are counted, what did not wait is named as such', () => {
    const fare = (waitSec: number): Fare => ({
      line: 'new',
      promoted: false,
      waitSec,
      executorId: 'usr_a',
      load: 1,
    });
    const own = new Map(Array.from({ length: 60 }, (_, n) => [`tkt_${String(n).padStart(2, '0')}`, fare(n)]));
    const changed = new Map([...own.keys()].map((id) => [id, fare(30)]));
    changed.delete('tkt_59');
    const { tickets, sooner, later } = movedTickets(own, changed);
    expect([tickets.length, sooner, later]).toEqual([SHOWN_MOVED, 29, 30]);
    expect(tickets[0]).toEqual({
      ticketId: 'tkt_59',
      simulated: fare(59),
      changed: null,
      differenceSec: -59,
    });
    expect(tickets.map(({ differenceSec }) => Math.abs(differenceSec))).toEqual(
      tickets.map(({ differenceSec }) => Math.abs(differenceSec)).toSorted((a, b) => b - a),
    );
  });
});

describe('curves as they are stored', () => {
  test('R-DESK-12 a month of three lines, no two figures alike, takes less than a quarter of an item', () => {
    const series = (() => {
      const tally = new SeriesTally(0, 31 * 86_400_000);
      for (let n = 0; n < 200_000; n += 1) {
        const atMs = (n * 13_391) % (31 * 86_400_000);
        const line = (['orphaned', 'urgent', 'new'] as const)[n % 3] ?? 'new';
        tally.arrived(line, atMs);
        tally.waited(line, { sinceMs: atMs - ((n * 7919) % 3_600_000), atMs });
        if (n % 5 === 0) tally.breached(line, atMs);
      }
      return tally.series();
    })();
    const curves = { series: { stepSec: 3600, simulated: series, changed: series }, moved: null };
    const packed = packedCurves(curves);
    expect(packed.length).toBeLessThan(100_000);
    expect(unpackedCurves(packed)).toEqual(curves);
  });

  test('R-DESK-12 a replay of before there were curves, or of a form that is not known, has none', () => {
    expect(unpackedCurves(undefined)).toEqual(noCurves);
    expect(unpackedCurves(Buffer.of(9, 1, 2))).toEqual(noCurves);
  });
});
