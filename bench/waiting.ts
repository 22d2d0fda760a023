/**
 * The planner under a discrete-event simulation (Poisson arrivals, exponential handling, one ticket per executor)
 * against Erlang C, how evenly it deals, and what the estimated wait is worth, there and on other loads.
 * `npm run bench -- waiting [--tickets 400000] [--seeds 10]`
 */
import { parseArgs } from 'node:util';
import { fairnessOf } from '../lib/desk/insight/fairness.ts';
import { printTable } from './print-table.ts';
import { estimateRows } from './queueing/estimate-rows.ts';
import { type DeskCase, type SimulatedDesk, simulateDesk } from './queueing/simulate-desk.ts';
import { waitingTheory } from './queueing/theory.ts';

const EXECUTORS = 10;
/** Fairness is measured on so many tickets in a row: over a long time anything is even. */
const WINDOW = 480;
const WITHIN = 0.05;

const { values } = parseArgs({
  options: { tickets: { type: 'string', default: '400000' }, seeds: { type: 'string', default: '10' } },
});
const tickets = Number(values.tickets);
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => index + 1);

const mean = (list: readonly number[]): number => list.reduce((sum, each) => sum + each, 0) / list.length;
const at = (list: readonly number[], share: number): number =>
  [...list].sort((a, b) => a - b)[Math.floor((list.length - 1) * share)] ?? 0;
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

type Kind = Omit<DeskCase, 'seed' | 'tickets'>;

const runs = (kind: Kind, each: number): SimulatedDesk[] =>
  seeds.map((seed) => simulateDesk({ ...kind, tickets: each, seed }));

const poisson = (load: number, urgentShare: number): Kind => ({
  executors: EXECUTORS,
  handling: 'exponential',
  load,
  urgentShare,
});

const waitRow = (
  load: number,
  urgentShare: number,
  runs: readonly SimulatedDesk[],
  kind: 'all' | 'urgent' | 'normal',
) => {
  const theory = waitingTheory({ servers: EXECUTORS, load, urgentShare })[kind];
  const means = runs.map(({ waits }) => mean(waits[kind]));
  const found = mean(means);
  const off = found / theory - 1;
  return {
    load,
    'urgent share': percent(urgentShare),
    wait: kind,
    'Erlang C': theory.toFixed(4),
    'simulated, mean': found.toFixed(4),
    'least and most of the seeds': `${Math.min(...means).toFixed(4)} … ${Math.max(...means).toFixed(4)}`,
    off: `${off >= 0 ? '+' : ''}${percent(off)}`,
    [`within ${WITHIN * 100} %`]: Math.abs(off) <= WITHIN ? 'met' : 'missed',
  };
};

const fairRow = (load: number, runs: readonly SimulatedDesk[]) => {
  const jains = runs.flatMap(({ dealt }) =>
    Array.from({ length: Math.floor(dealt.length / WINDOW) }, (_, window) => {
      const counts = Array.from({ length: EXECUTORS }, () => 0);
      for (const who of dealt.slice(window * WINDOW, (window + 1) * WINDOW))
        counts[who] = (counts[who] ?? 0) + 1;
      return fairnessOf(counts);
    }),
  );
  const index = jains.map(({ jain }) => jain ?? 0);
  return {
    load,
    [`windows of ${WINDOW}`]: index.length,
    'Jain, mean': mean(index).toFixed(4),
    '1st percentile': at(index, 0.01).toFixed(4),
    lowest: Math.min(...index).toFixed(4),
    'most − fewest, mean': mean(jains.map(({ spread }) => spread)).toFixed(1),
    'mean ≥ 0.98': mean(index) >= 0.98 ? 'met' : 'missed',
  };
};

/** Where the estimate's own assumptions do not hold: handling very unlike or rather alike, few executors or many. */
const others: readonly Kind[] = [
  { executors: 10, handling: 'lognormal', load: 0.9, urgentShare: 0 },
  { executors: 10, handling: 'Erlang', load: 0.9, urgentShare: 0.2 },
  { executors: 3, handling: 'lognormal', load: 0.8, urgentShare: 0.2 },
  { executors: 30, handling: 'lognormal', load: 0.95, urgentShare: 0.1 },
  { executors: 1, handling: 'exponential', load: 0.7, urgentShare: 0 },
];

/** Little is to be averaged at low load: a tenth of the tickets serves. */
const fewer = tickets / 10;
const one = runs(poisson(0.9, 0), tickets);
const two = runs(poisson(0.9, 0.2), tickets);
const half = runs(poisson(0.5, 0), fewer);
const quiet = runs(poisson(0.3, 0), fewer);
process.stdout.write(
  `${EXECUTORS} executors, ${seeds.length} seeds of ${tickets} tickets (a tenth below load 0.9); waits in mean handling times\n\n`,
);
printTable([waitRow(0.9, 0, one, 'all'), waitRow(0.9, 0.2, two, 'urgent'), waitRow(0.9, 0.2, two, 'normal')]);
printTable([fairRow(0.3, quiet), fairRow(0.5, half), fairRow(0.9, one)]);
printTable([
  ...estimateRows(poisson(0.9, 0), one),
  ...estimateRows(poisson(0.9, 0.2), two),
  ...estimateRows(poisson(0.5, 0), half),
]);
printTable(others.flatMap((kind) => estimateRows(kind, runs(kind, fewer))));
