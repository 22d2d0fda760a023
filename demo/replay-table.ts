/** A replay's result as text: what was, what the simulation makes of it, and what would have been, side by side. */
import type { ReplayResult, ReplayView } from '../lib/replay/replay-view.ts';
import { inWidth, type Paint } from './paint.ts';

type Outcome = ReplayResult['happened'];
type Waits = Outcome['waits'];

const LABEL = 30;
const COLUMN = 20;

const waitText = ({ count, meanSec, p50Sec, p95Sec, maxSec }: Waits): string =>
  count === 0 ? '–' : `${meanSec} / ${p50Sec} / ${p95Sec} / ${maxSec}`;

const rows: readonly (readonly [label: string, cell: (outcome: Outcome) => string | number])[] = [
  ['assigned by the dispatcher', ({ assigned }) => assigned],
  ['assigned by people', ({ assignedByPeople }) => assignedByPeople],
  ['waits, s: mean/p50/p95/max', ({ waits }) => waitText(waits)],
  ['  orphaned', ({ waitsByLine }) => waitText(waitsByLine.orphaned)],
  ['  urgent', ({ waitsByLine }) => waitText(waitsByLine.urgent)],
  ['  new', ({ waitsByLine }) => waitText(waitsByLine.new)],
  ['promoted (over maxWait)', ({ promoted }) => promoted],
  ['overdue (over maxUrgentWait)', ({ overdue }) => overdue],
  ['not accepted in time', ({ missed }) => missed],
  ['closed', ({ closed }) => closed],
  ['waiting at the end', ({ waitingAtEnd }) => waitingAtEnd],
  ['in hand at the end', ({ heldAtEnd }) => heldAtEnd],
  ['fairness: Jain', ({ fairness }) => fairness.jain ?? '–'],
  ['fairness: most − fewest', ({ fairness }) => fairness.spread],
];

const head = ({ deskId, from, to, limits }: ReplayView): string => {
  const asked = Object.entries(limits).map(([name, value]) => `${name}=${value}`);
  return `Desk ${deskId}, ${from} … ${to}${asked.length > 0 ? `, what if ${asked.join(', ')}` : ''}`;
};

const checked = ({ decisions }: ReplayResult, paint: Paint): string => {
  const { same, replayed, plans, differentCount, notCarriedOut } = decisions;
  const tone = differentCount === 0 ? paint.green : paint.red;
  const lost = notCarriedOut > 0 ? `, ${notCarriedOut} planned but lost to somebody faster` : '';
  return `Decisions made again: ${tone(`${same} of ${replayed} the same`)} (${plans} plans${lost}).`;
};

const simulated = ({ simulatedSame: { same, of }, notes }: ReplayResult): string => {
  const guessed =
    notes.guessedDurations > 0 ? ` For ${notes.guessedDurations} tickets the median duration was taken.` : '';
  const unknown =
    notes.executorsFromPlans > 0 ? ` ${notes.executorsFromPlans} executors known from plans alone.` : '';
  return (
    `Simulated under own limits: ${same} of ${of} assignments went to the same executor. ` +
    `${notes.facts} facts; at the start ${notes.waitingAtStart} waited and ${notes.heldAtStart} were in hand.${guessed}${unknown}`
  );
};

export const replayText = (view: ReplayView & { result: ReplayResult }, paint: Paint): string => {
  const { result } = view;
  const outcomes: [string, Outcome][] = [
    ['as it was', result.happened],
    ['simulated', result.simulated],
    ...(result.changed ? ([['what if', result.changed]] satisfies [string, Outcome][]) : []),
  ];
  const width = Math.max(
    COLUMN,
    ...outcomes.flatMap(([, outcome]) => rows.map(([, cell]) => `${cell(outcome)}`.length + 2)),
  );
  const table = [
    `${' '.repeat(LABEL)}${outcomes.map(([name]) => paint.bold(name.padStart(width))).join('')}`,
    ...rows.map(([label, cell]) => {
      const cells = outcomes.map(([, outcome]) => String(cell(outcome)).padStart(width));
      return `${inWidth(label, LABEL)}${cells.join('')}`;
    }),
  ];
  return [head(view), '', ...table, '', checked(result, paint), simulated(result)].join('\n');
};
