import type { Instant } from '../../platform/clock.ts';
import type { Executor, PresenceBeat } from '../model.ts';

/** An executor as lists and the planner need them: how many tickets they hold, and not which. */
export interface ExecutorSummary
  extends Pick<Executor, 'id' | 'name' | 'homeDeskId' | 'presence' | 'rank' | 'version'> {
  readonly open: number;
  readonly openUrgent: number;
  readonly parked: number;
  /** Undefined for someone who never came online. */
  readonly lastBeatAt: Instant | undefined;
}

export const summarized = (
  { id, name, homeDeskId, presence, rank, version, open, openUrgent, parked }: Executor,
  beat: Pick<PresenceBeat, 'lastBeatAt'> | undefined,
): ExecutorSummary => ({
  id,
  name,
  homeDeskId,
  presence,
  rank,
  version,
  open: open.length,
  openUrgent: openUrgent.length,
  parked: parked.length,
  lastBeatAt: beat?.lastBeatAt,
});
