import { instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { fullFor } from '../core/executor.ts';
import { executorMissing } from '../core/executor-repository.ts';
import { EXACT, readLines } from '../core/line-counts.ts';
import { readLineHeads } from '../core/line-repository.ts';
import { countBefore } from '../core/roster-repository.ts';
import type { Count } from '../core/section-repository.ts';
import type { PlanExecutor } from '../dispatch/plan-assignments.ts';
import { planLimitsOf, planTicketOf } from '../dispatch/read-desk.ts';
import { type Line, lines } from '../model.ts';
import { toColleagueView } from './colleague-view.ts';
import { nothingReason } from './next-reason.ts';
import type { NextView } from './next-view.ts';
import { findPresence, type SeenPresence } from './presence-repository.ts';

const planExecutor = ({ stored: { executor }, beat }: SeenPresence): PlanExecutor => ({
  executorId: executor.id,
  rank: executor.rank,
  presence: executor.presence,
  ...(beat && { lastBeatAt: beat.lastBeatAt }),
  open: executor.open.length,
  openUrgent: executor.openUrgent.length,
});

const turnOf = async (rt: Runtime, { stored: { executor } }: SeenPresence): Promise<Count> => {
  const before = await countBefore(rt, executor, EXACT);
  return { count: Math.min(before + 1, EXACT), more: before + 1 > EXACT };
};

/**
 * What an executor may expect next, by the planner on the present state of their desk as if nobody else were there.
 * Throws `executor-not-found`.
 */
export const readNext = async (rt: Runtime, executorId: string): Promise<NextView> => {
  const seen = await findPresence(rt, executorId);
  if (!seen) throw executorMissing();
  const { limits, beat, stored } = seen;
  const at = instant(rt.clock.nowMs());
  const { room, urgentRoom, presence } = toColleagueView({ ...stored, beat }, { limits, at });
  const deskId = stored.executor.homeDeskId;
  const self = planExecutor(seen);
  const [states, heads, turn] = await Promise.all([
    readLines(rt, deskId),
    readLineHeads(rt, {
      deskId,
      limit: EXACT,
      urgentRoom: fullFor(self, limits, true) === undefined,
      lagging: true,
    }),
    presence === 'online' ? turnOf(rt, seen) : null,
  ]);
  const input = {
    at,
    firstNumber: 1,
    dealAtMost: 1,
    limits: planLimitsOf(limits),
    tickets: heads.entries.map(planTicketOf),
    executors: [self],
  };
  const waiting = Object.fromEntries(states.map((state) => [state.line, state.waiting])) as Record<
    Line,
    Count
  >;
  const moreWait = lines.some((line) => waiting[line].count > 0);
  return { room, urgentRoom, turn, waiting, reason: nothingReason(input, { moreWait }) ?? null };
};
