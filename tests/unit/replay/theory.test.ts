import { instant } from '../../../lib/platform/clock.ts';
import type { Fact } from '../../../lib/replay/facts.ts';
import { readDay } from '../../../lib/replay/history.ts';
import { simulate } from '../../../lib/replay/simulation.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { assigned, closed, limits, online, queued, START_MS } from './facts.ts';

/** Mean wait of M/M/c in service times, exactly (Erlang's C formula). */
const erlangWait = (servers: number, load: number): number => {
  const offered = servers * load;
  let term = 1;
  let sum = 1;
  for (let k = 1; k < servers; k += 1) {
    term *= offered / k;
    sum += term;
  }
  const last = ((term * offered) / servers) * (1 / (1 - load));
  return last / (sum + last) / (servers * (1 - load));
};

/** A day on which `servers` people with room for one ticket each are asked for `count` tickets at random. */
const randomDay = (
  seed: number,
  { servers, load, count }: { servers: number; load: number; count: number },
) => {
  const random = seededRandom(seed);
  const exponential = (mean: number) => -Math.log(1 - random()) * mean;
  const meanServiceMs = 60_000;
  const facts: Fact[] = Array.from({ length: servers }, (_, i) => online(`usr_${i}`));
  let atMs = START_MS;
  for (let i = 0; i < count; i += 1) {
    atMs += exponential(meanServiceMs / servers / load);
    const doneMs = atMs + exponential(meanServiceMs);
    const ticketId = `tkt_${String(i).padStart(6, '0')}`;
    // On the day somebody who is not simulated had it: only how long it took is taken from there.
    facts.push(queued(ticketId, atMs), assigned(ticketId, 'usr_of-that-day', atMs, i + 1));
    facts.push({ kind: 'accepted', atMs, ticketId, executorId: 'usr_of-that-day' }, closed(ticketId, doneMs));
  }
  const told = readDay({ from: instant(START_MS), to: instant(atMs + 3_600_000), limits, facts });
  const override = { maxTicketsPerExecutor: 1, maxUrgentTicketsPerExecutor: 1 };
  return { outcome: simulate(told.caseUnder(override)).outcome, meanServiceMs };
};

test('R-DESK-12 waits of a random day are those that queueing theory gives, and turns are fair', () => {
  for (const load of [0.5, 0.8]) {
    const { outcome, meanServiceMs } = randomDay(7, { servers: 10, load, count: 12_000 });
    expect(outcome.waits.count).toBe(12_000);
    const theory = erlangWait(10, load);
    const mean = (outcome.waits.meanSec * 1000) / meanServiceMs;
    // Means are rounded to 0.1 s; a run of this length strays by some per cent.
    expect(Math.abs(mean - theory)).toBeLessThan(0.1 * theory + 0.002);
    expect(outcome.fairness.jain).toBeGreaterThan(0.98);
  }
});
