import type { Estimate } from '../../lib/desk/waiting/estimate.ts';
import type { DeskCase, SimulatedDesk, Told } from './simulate-desk.ts';

const BANDS = [
  [1, 1],
  [2, 5],
  [6, 20],
  [21, 100],
] as const;
/** Fewer say nothing about a share. */
const ENOUGH = 500;

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const evaluated = (told: readonly Told[], rangeOf: (each: Told) => Estimate) => {
  const share = (test: (waitSec: number, range: Estimate) => boolean): string =>
    percent(told.filter((each) => test(each.waitSec, rangeOf(each))).length / told.length);
  const widths = told
    .map((each) => (rangeOf(each).toSec - rangeOf(each).fromSec) / each.waitSec)
    .sort((a, b) => a - b);
  return {
    coverage: share((waitSec, { fromSec, toSec }) => waitSec >= fromSec && waitSec <= toSec),
    sooner: share((waitSec, { fromSec }) => waitSec < fromSec),
    later: share((waitSec, { toSec }) => waitSec > toSec),
    width: (widths[Math.floor(widths.length / 2)] ?? 0).toFixed(2),
  };
};

/** How many of the ranges told held the wait that followed, by place in line. */
export const estimateRows = (
  { executors, load, urgentShare, handling }: Omit<DeskCase, 'seed' | 'tickets'>,
  runs: readonly SimulatedDesk[],
) =>
  (['urgent', 'normal'] as const).flatMap((kind) =>
    BANDS.flatMap(([from, to]) => {
      const told = runs.flatMap(({ estimates }) =>
        estimates.filter((each) => each.kind === kind && each.position >= from && each.position <= to),
      );
      if (told.length < ENOUGH) return [];
      const range = evaluated(told, (each) => each.range);
      const plain = evaluated(told, (each) => each.plain);
      return [
        {
          executors,
          handling,
          load,
          urgent: `${urgentShare * 100} %`,
          ticket: kind,
          position: from === to ? from : `${from} – ${to}`,
          estimates: told.length,
          'true coverage of 80 %': range.coverage,
          sooner: range.sooner,
          later: range.later,
          'width ÷ wait': range.width,
          'plain coverage': plain.coverage,
          'plain width ÷ wait': plain.width,
        },
      ];
    }),
  );
