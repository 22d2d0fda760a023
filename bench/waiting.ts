/**
 * The planner under a discrete-event simulation (Poisson arrivals, exponential handling, one ticket per executor)
 * against Erlang C, how evenly it deals, and what the estimated wait is worth.
 * `npm run bench -- waiting [--tickets 400000] [--seeds 10]`
 */
import { parseArgs } from 'node:util';
import { fairnessOf } from '../lib/desk/insight/fairness-rules.ts';
import { printTable } from './print-table.ts';
import { type Floor, simulateFloor } from './queueing/simulate-floor.ts';
import { waitingTheory } from './queueing/theory.ts';

const EXECUTORS = 10;
/** Fairness is judged on so many tickets in a row: over a long time anything is even. */
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

/** Little is to be averaged at low load: a tenth of the tickets serves. */
const runs = (load: number, urgentShare: number): Floor[] =>
  seeds.map((seed) =>
    simulateFloor({
      executors: EXECUTORS,
      load,
      urgentShare,
      tickets: load < 0.9 ? tickets / 10 : tickets,
      seed,
    }),
  );

const waitRow = (
  load: number,
  urgentShare: number,
  floors: readonly Floor[],
  kind: 'all' | 'urgent' | 'normal',
) => {
  const theory = waitingTheory({ servers: EXECUTORS, load, urgentShare })[kind];
  const means = floors.map(({ waits }) => mean(waits[kind]));
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

const fairRow = (load: number, floors: readonly Floor[]) => {
  const jains = floors.flatMap(({ dealt }) =>
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

const BANDS = [
  [1, 1],
  [2, 5],
  [6, 20],
  [21, 100],
] as const;

const estimateRows = (load: number, urgentShare: number, floors: readonly Floor[]) =>
  (urgentShare > 0 ? (['urgent', 'normal'] as const) : (['normal'] as const)).flatMap((kind) =>
    BANDS.flatMap(([from, to]) => {
      const told = floors.flatMap(({ estimates }) =>
        estimates.filter((each) => each.kind === kind && each.position >= from && each.position <= to),
      );
      if (told.length < 500) return [];
      const share = (test: (each: (typeof told)[number]) => boolean) =>
        percent(told.filter(test).length / told.length);
      return [
        {
          load,
          'urgent share': percent(urgentShare),
          ticket: kind,
          position: from === to ? from : `${from} – ${to}`,
          estimates: told.length,
          stated: '80 %',
          'true coverage': share(({ waitSec, fromSec, toSec }) => waitSec >= fromSec && waitSec <= toSec),
          'sooner than told': share(({ waitSec, fromSec }) => waitSec < fromSec),
          'later than told': share(({ waitSec, toSec }) => waitSec > toSec),
        },
      ];
    }),
  );

const one = runs(0.9, 0);
const two = runs(0.9, 0.2);
const half = runs(0.5, 0);
const quiet = runs(0.3, 0);
process.stdout.write(
  `${EXECUTORS} executors, ${seeds.length} seeds of ${tickets} tickets (a tenth below load 0.9); waits in mean handling times\n\n`,
);
printTable([waitRow(0.9, 0, one, 'all'), waitRow(0.9, 0.2, two, 'urgent'), waitRow(0.9, 0.2, two, 'normal')]);
printTable([fairRow(0.3, quiet), fairRow(0.5, half), fairRow(0.9, one)]);
printTable([...estimateRows(0.9, 0, one), ...estimateRows(0.9, 0.2, two), ...estimateRows(0.5, 0, half)]);
