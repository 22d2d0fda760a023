import { HOUR_MS } from '../desk/rules.ts';
import { epochMs, instant } from '../platform/clock.ts';
import { AppError } from '../platform/errors.ts';
import type { Runtime } from '../platform/runtime.ts';
import { commit } from '../platform/storage/commit.ts';
import type { ReadonlyDeep } from '../platform/storage/stored-schema.ts';
import type { Simulated } from './case.ts';
import type { Curves } from './curves-view.ts';
import { readDay, sameAssignments } from './history.ts';
import { movedTickets } from './moved.ts';
import { packedCurves } from './packed-curves.ts';
import { LOOK_AROUND_MS, readHistory } from './read-history.ts';
import { findReplay, type Replay, replayWrite } from './replay-repository.ts';
import type { ReplayResult } from './replay-view.ts';
import { stepMsOf } from './series.ts';
import { simulate } from './simulation.ts';

const curvesOf = (replay: Replay, own: Simulated, changed: Simulated | undefined): ReadonlyDeep<Curves> => ({
  series: {
    stepSec: stepMsOf(epochMs(replay.from), epochMs(replay.to)) / 1000,
    simulated: own.series,
    changed: changed?.series ?? null,
  },
  moved: changed ? movedTickets(own.fares, changed.fares) : null,
});

/** Both halves of a replay: the decisions made again, and the stretch lived again. */
const compute = async (
  rt: Runtime,
  replay: Replay,
): Promise<{ result: ReplayResult; curves: Uint8Array }> => {
  const { history, check, executorsFromPlans, unreadable } = await readHistory(rt, replay.deskId, replay);
  const day = readDay(history);
  const own = simulate(day.caseUnder({}));
  const asked = Object.keys(replay.limits).length > 0;
  const changed = asked ? simulate(day.caseUnder(replay.limits)) : undefined;
  const openTickets = [...day.start.openTickets.values()];
  const count = (...states: string[]) => openTickets.filter(({ state }) => states.includes(state)).length;
  const result: ReplayResult = {
    decisions: { ...check, different: check.different.map((each) => ({ ...each })) },
    happened: day.happened,
    simulated: own.outcome,
    changed: changed?.outcome ?? null,
    simulatedSame: sameAssignments(day.sequence, own.sequence),
    notes: {
      facts: history.facts.length,
      lookBackHours: LOOK_AROUND_MS / HOUR_MS,
      waitingAtStart: count('waiting'),
      heldAtStart: count('assigned', 'accepted'),
      executorsFromPlans,
      guessedDurations: changed?.guessed ?? own.guessed,
      unreadable,
    },
  };
  return { result, curves: packedCurves(curvesOf(replay, own, changed)) };
};

const failure = (error: unknown): NonNullable<Replay['problem']> =>
  error instanceof AppError
    ? { code: error.code, detail: error.message }
    : { code: 'replay-failed', detail: 'The replay could not be made; asking again may help.' };

const moved = async (rt: Runtime, before: Replay, change: Partial<Replay>): Promise<Replay> => {
  const after = { ...before, ...change, version: before.version + 1 };
  await commit(rt, { writes: [replayWrite(rt, before, after)] });
  return after;
};

/**
 * Makes a requested replay (R-DESK-12). A message that comes twice finds it done; one whose first run was cut
 * off runs it again. An error ends it as `failed`, so that nobody waits for a result in vain.
 */
export const runReplay = async (rt: Runtime, replayId: string): Promise<void> => {
  const replay = await findReplay(rt, replayId);
  if (!replay || replay.state === 'done' || replay.state === 'failed') return;
  const now = () => instant(rt.clock.nowMs());
  const running = await moved(rt, replay, { state: 'running', startedAt: now() });
  try {
    const made = await compute(rt, running);
    await moved(rt, running, { state: 'done', finishedAt: now(), ...made });
  } catch (error) {
    rt.log.error('replay failed', { replayId, error });
    await moved(rt, running, { state: 'failed', finishedAt: now(), problem: failure(error) });
  }
};
