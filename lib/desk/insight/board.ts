import { epochMs, instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { listAlerts } from '../core/alert-repository.ts';
import { getDesk } from '../core/desk-repository.ts';
import { RECENT_NUMBERS } from '../core/executor.ts';
import { findLimits } from '../core/limit-repository.ts';
import { type LineState, readLines } from '../core/line-counts.ts';
import { readRosterState } from '../core/roster-counts.ts';
import { listDecisionLog } from '../dispatch/decision-log-repository.ts';
import type { Decision } from '../dispatch/decision-repository.ts';
import { listExecutorSummaries } from '../executors/executor-summary-repository.ts';
import { toSummaryView } from '../executors/presence-view.ts';
import type { BoardView } from './board-view.ts';
import { type Fairness, fairnessOf } from './fairness.ts';

const SHOWN = 20;
/** Each costs a unit to read, as much as fifty entries of the roster: the list of executors shows the rest. */
const SHOWN_EXECUTORS = 8;
/** Counted in the store, at some thirty units a thousand that wait; beyond it a figure says "at least". */
const EXACT_TO = 10_000;

const lineView = ({ line, waiting, head }: LineState, nowMs: number): BoardView['lines'][number] => ({
  line,
  waiting,
  head: head ? { ticketId: head.ticketId, orderedAt: head.orderedAt, waitingSince: head.waitingSince } : null,
  headWaitSec: head ? (nowMs - epochMs(head.waitingSince)) / 1000 : null,
});

const decisionViews = ({ at, executorId, rule, overCap, tickets }: Decision): BoardView['decisions'] =>
  tickets.map(({ ticketId, number }) => ({
    at,
    ticketId,
    executorId,
    rule,
    number: number ?? null,
    overCap: overCap ?? false,
  }));

const newest = (decisions: readonly Decision[]): BoardView['decisions'] =>
  decisions
    .flatMap(decisionViews)
    .sort((a, b) => (a.at === b.at ? (b.number ?? 0) - (a.number ?? 0) : a.at < b.at ? 1 : -1))
    .slice(0, SHOWN);

/** How many of the desk's last numbers each of those online was dealt. */
const fairnessAmong = (online: readonly (readonly number[])[], planned: readonly Decision[]): Fairness => {
  const decided = planned.flatMap(({ tickets }) => tickets.map(({ number = 0 }) => number));
  const last = Math.max(0, ...decided, ...online.flat());
  return fairnessOf(online.map((dealt) => dealt.filter((number) => number > last - RECENT_NUMBERS).length));
};

/**
 * A desk at a glance, as it lately was and not at one instant: nothing is decided on it. What is in whose
 * hand makes no difference to what it reads; lines and lists of more than a hundred are counted on. Throws `desk-not-found`.
 */
export const readBoard = async (rt: Runtime, deskId: string): Promise<BoardView> => {
  const lagging = true;
  const [desk, lineStates, roster, limits, planned, manual, alerts] = await Promise.all([
    getDesk(rt, deskId, { lagging }),
    readLines(rt, deskId, EXACT_TO),
    readRosterState(rt, deskId, { first: SHOWN_EXECUTORS, exactTo: EXACT_TO }),
    findLimits(rt, deskId, { lagging }),
    listDecisionLog(rt, { deskId, kind: 'p', limit: SHOWN, lagging }),
    listDecisionLog(rt, { deskId, kind: 'x', limit: SHOWN, lagging }),
    listAlerts(rt, deskId, { limit: SHOWN }),
  ]);
  const { items: executors } = await listExecutorSummaries(rt, roster.first, { lagging });
  const nowMs = rt.clock.nowMs();
  const { version, ...values } = limits;
  return {
    deskId,
    name: desk.name,
    at: instant(nowMs),
    lines: lineStates.map((state) => lineView(state, nowMs)),
    roster: roster.counts,
    executors: executors.map(toSummaryView),
    limits: { version, values },
    decisions: newest([...planned.decisions, ...manual.decisions]),
    alerts: alerts.items.map((alert) => ({ ...alert })),
    fairness: fairnessAmong(roster.online, planned.decisions),
  };
};
