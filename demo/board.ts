/** The board as text: a pure function of what the API says and of what the people on the workload did. */
import type { BoardView } from '../lib/desk/insight/board-view.ts';
import { duration, inWidth, type Paint } from './paint.ts';
import type { Story } from './story.ts';

export interface BoardFrame {
  readonly view: BoardView;
  readonly story: Story;
  readonly columns: number;
  readonly rows: number;
  readonly paint: Paint;
}

type Executor = BoardView['executors'][number];
type Tone = keyof Paint;

const LEAST_COLUMNS = 72;
const MOST_COLUMNS = 110;
const clock = (at: string): string => at.slice(11, 19);

const lineTone = { orphaned: 'magenta', urgent: 'red', new: 'blue' } as const satisfies Record<string, Tone>;

const presenceMarks: Readonly<Record<Executor['presence'], readonly [mark: string, tone: Tone]>> = {
  online: ['●', 'green'],
  draining: ['◐', 'cyan'],
  suspect: ['◌', 'yellow'],
  away: ['○', 'yellow'],
  offline: ['·', 'dim'],
};

const count = ({ count: n, more }: { count: number; more: boolean }): string => `${n}${more ? '+' : ''}`;

const lineRows = ({ view, columns, paint }: BoardFrame): string[] =>
  view.lines.map(({ line, waiting, headWaitSec }) => {
    const tone = paint[lineTone[line]];
    const limitSec = line === 'new' ? view.limits.values.maxWaitSec : view.limits.values.maxUrgentWaitSec;
    const late = headWaitSec !== null && limitSec !== undefined && headWaitSec > limitSec * 0.8;
    const wait = headWaitSec === null ? paint.dim('–') : duration(headWaitSec);
    const bar = tone('█'.repeat(Math.min(waiting.count, columns - 40)));
    return `  ${inWidth(tone(line), 10)}${count(waiting).padStart(5)}  ${inWidth(late ? paint.red(wait) : wait, 13)}${bar}`;
  });

/** One cell a place: urgent tickets, ordinary ones, room; `!` where somebody holds more than the cap. */
const loadBar = ({ open, openUrgent }: Executor, cap: number, paint: Paint): string => {
  const ordinary = open - openUrgent;
  const room = Math.max(0, cap - open);
  return `${paint.red('▓'.repeat(openUrgent))}${paint.green('▓'.repeat(ordinary))}${paint.dim('░'.repeat(room))}`;
};

const executorCell = (executor: Executor, { view, paint }: BoardFrame, columns: number): string => {
  const cap = view.limits.values.maxTicketsPerExecutor ?? 0;
  const [mark, tone] = presenceMarks[executor.presence];
  const parked = executor.waitingClient > 0 ? paint.dim(` +${executor.waitingClient} parked`) : '';
  const state = executor.presence === 'online' ? '' : paint[tone](` ${executor.presence}`);
  const load = `${loadBar(executor, cap, paint)} ${executor.open}/${cap}`;
  return inWidth(`  ${paint[tone](mark)} ${inWidth(executor.name, 10)} ${load}${parked}${state}`, columns);
};

const inColumns = (cells: readonly string[]): string[] => {
  const half = Math.ceil(cells.length / 2);
  return Array.from({ length: half }, (_, row) => `${cells[row] ?? ''}${cells[row + half] ?? ''}`);
};

const executorRows = (frame: BoardFrame): string[] => {
  const byName = frame.view.executors.toSorted((a, b) => a.name.localeCompare(b.name));
  const there = byName.filter(({ presence }) => presence !== 'offline');
  return inColumns(there.map((executor) => executorCell(executor, frame, Math.floor(frame.columns / 2))));
};

const rosterText = ({ view, paint }: BoardFrame): string => {
  const { all, ordinary, full, draining, suspect, away } = view.roster;
  const online = [all, ordinary, full].reduce((sum, each) => sum + (each?.count ?? 0), 0);
  const parts = [`${online} online`, full?.count ? `${count(full)} full` : ''];
  if (draining?.count) parts.push(`${count(draining)} draining`);
  if (suspect?.count) parts.push(paint.yellow(`${count(suspect)} suspect`));
  if (away?.count) parts.push(paint.yellow(`${count(away)} away`));
  return parts.filter(Boolean).join(' · ');
};

const nameOf = (view: BoardView, executorId: string): string =>
  view.executors.find((each) => each.executorId === executorId)?.name ?? executorId.slice(-6);

const short = (ticketId: string): string => `…${ticketId.slice(-5)}`;

const decisionRows = ({ view, paint }: BoardFrame, rows: number): string[] =>
  view.decisions.slice(0, rows).map(({ number, at, ticketId, executorId, rule }) => {
    const turn = number === null ? paint.cyan(rule) : paint.dim(`#${number}`);
    return `  ${paint.dim(clock(at))} ${inWidth(turn, 9)} ${short(ticketId)} → ${nameOf(view, executorId)}`;
  });

const newsRows = ({ view, story, paint }: BoardFrame, rows: number): string[] => {
  const alerts = view.alerts
    .slice(0, Math.ceil(rows / 2))
    .map(({ at, ticketId, line }) => paint.red(`${clock(at)} ${line} ${short(ticketId)} is overdue`));
  return [...alerts, ...story.news(rows - alerts.length)];
};

const fairnessText = ({ view, paint }: BoardFrame): string => {
  const { jain, spread, assignments, executors } = view.fairness;
  if (jain === null) return paint.dim('nothing assigned yet');
  const tone = jain >= 0.98 ? paint.green : paint.yellow;
  return `${tone(`Jain ${jain.toFixed(3)}`)}  most − fewest ${spread}  ${paint.dim(`(${assignments} to ${executors})`)}`;
};

const totals = ({ story, paint }: BoardFrame): string => {
  const [half, most] = [story.waitSec(0.5), story.waitSec(0.95)];
  const waits =
    half === undefined || most === undefined ? '' : `   wait p50 ${duration(half)}, p95 ${duration(most)}`;
  const words = [
    `${story.count('written')} written`,
    `${story.count('accepted')} accepted`,
    `${story.count('closed')} closed`,
    `${story.count('declined')} declined`,
    `${story.count('dropped out')} drop-outs`,
  ];
  const odd = story.count('unexpected');
  return `  ${words.join(' · ')}${waits}${odd > 0 ? paint.red(`   ${odd} unexpected`) : ''}`;
};

const title = (text: string, { paint }: BoardFrame, after = ''): string =>
  `${paint.bold(text)}${after && `  ${after}`}`;

const HEAD_ROWS = 12;

/** The lines of one frame, as many as there are rows at most. */
export const boardLines = (given: BoardFrame): string[] => {
  const columns = Math.min(MOST_COLUMNS, Math.max(LEAST_COLUMNS, given.columns));
  const frame = { ...given, columns };
  const { view, story, paint, rows } = frame;
  const people = executorRows(frame);
  const lower = Math.max(3, Math.min(10, rows - HEAD_ROWS - people.length));
  const decisions = [title('DECISIONS', frame), ...decisionRows(frame, lower)];
  const news = [title('NEWS', frame), ...newsRows(frame, lower).map((text) => `  ${text}`)];
  const half = Math.floor(columns / 2);
  const height = Math.max(decisions.length, news.length);
  const head = `${paint.bold('Rotadesk')} ${view.name}`;
  const time = paint.dim(`${clock(view.at)}  running ${duration(story.ranSec)}`);
  return [
    inWidth(head, columns - 34) + time,
    paint.dim('─'.repeat(columns)),
    title('LINES', frame, paint.dim('waiting   head waits')),
    ...lineRows(frame),
    title('EXECUTORS', frame, rosterText(frame)),
    ...people,
    ...Array.from(
      { length: height },
      (_, row) => `${inWidth(decisions[row] ?? '', half)}${inWidth(news[row] ?? '', half)}`,
    ),
    title('FAIRNESS', frame, fairnessText(frame)),
    totals(frame),
  ]
    .map((line) => line.trimEnd())
    .slice(0, rows);
};

/** The same in one line, for a log. */
export const boardLine = ({ view, story }: Pick<BoardFrame, 'view' | 'story'>): string => {
  const lines = view.lines.map(({ line, waiting }) => `${line} ${count(waiting)}`).join(', ');
  const { all, ordinary, full, suspect } = view.roster;
  const online = [all, ordinary, full].reduce((sum, each) => sum + (each?.count ?? 0), 0);
  const jain = view.fairness.jain === null ? '–' : view.fairness.jain.toFixed(3);
  const people = `${online} online (${full ? count(full) : 0} full), ${suspect ? count(suspect) : 0} suspect`;
  const done = `${story.count('written')} written, ${story.count('closed')} closed`;
  return `${clock(view.at)}  waiting: ${lines} | ${people} | ${done} | Jain ${jain}`;
};
