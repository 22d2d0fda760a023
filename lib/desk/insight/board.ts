import { epochMs, instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { toExecutorView } from '../executors/presence-view.ts';
import { lines } from '../model.ts';
import { listAlerts } from '../repository/alerts.ts';
import { listDecisionLog, listLastPlanned } from '../repository/decision-log.ts';
import type { Decision } from '../repository/decisions.ts';
import { getDesk } from '../repository/desks.ts';
import { listPresentExecutors } from '../repository/executors.ts';
import { findLimits } from '../repository/limits.ts';
import { type LineState, readLines } from '../repository/line-counts.ts';
import { readRosterState } from '../repository/roster-counts.ts';
import type { BoardView } from './board-view.ts';
import { type Fairness, fairnessOf } from './fairness-rules.ts';

const SHOWN = 20;
/** Fairness is judged on so many of the dispatcher's assignments. */
const JUDGED = 200;

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

const fairnessAmong = (online: readonly string[], planned: readonly Decision[]): Fairness => {
  const counts = new Map(online.map((executorId) => [executorId, 0]));
  const last = planned
    .flatMap((decision) => decision.tickets.map(() => decision.executorId))
    .slice(0, JUDGED);
  for (const executorId of last) {
    const count = counts.get(executorId);
    if (count !== undefined) counts.set(executorId, count + 1);
  }
  return fairnessOf([...counts.values()]);
};

/** A desk at a glance, read consistently but not at one instant. Throws `desk-not-found`. */
export const readBoard = async (rt: Runtime, deskId: string): Promise<BoardView> => {
  const [desk, lineStates, roster, limits, planned, people, alerts] = await Promise.all([
    getDesk(rt, deskId),
    readLines(rt, deskId, lines),
    readRosterState(rt, deskId, SHOWN),
    findLimits(rt, deskId),
    listLastPlanned(rt, deskId, JUDGED),
    listDecisionLog(rt, { deskId, kind: 'x', limit: SHOWN }),
    listAlerts(rt, deskId, { limit: SHOWN }),
  ]);
  const executors = await listPresentExecutors(rt, roster.first, { lagging: true });
  const nowMs = rt.clock.nowMs();
  const { version, ...values } = limits;
  return {
    deskId,
    name: desk.name,
    at: instant(nowMs),
    lines: lineStates.map((state) => lineView(state, nowMs)),
    roster: roster.counts,
    executors: executors.map(({ executor, beat }) => toExecutorView(executor, beat)),
    limits: { version, values },
    decisions: newest([...planned, ...people.decisions]),
    alerts: alerts.items.map((alert) => ({ ...alert })),
    fairness: fairnessAmong(roster.online, planned),
  };
};
