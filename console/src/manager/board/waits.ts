import type { LimitValues, Line } from '../types.ts';

/** How a wait stands against its limit. */
export interface WaitState {
  readonly sec: number;
  readonly limitSec: number;
  /** Of the limit, 0 to 1. */
  readonly share: number;
  readonly tone: 'plain' | 'late' | 'urgent';
}

/** An orphan goes by its own class: only an urgent one by the urgent limit. */
export const limitSecOf = (limits: LimitValues, line: Line, urgent = false): number =>
  line === 'urgent' || (line === 'orphaned' && urgent) ? limits.maxUrgentWaitSec : limits.maxWaitSec;

export const waitState = (
  since: string,
  { limits, limitSec, nowMs }: { limits: LimitValues; limitSec: number; nowMs: number },
): WaitState => {
  const sec = Math.max(0, (nowMs - Date.parse(since)) / 1000);
  const share = Math.min(1, sec / limitSec);
  const tone = sec >= limitSec ? 'urgent' : share * 100 >= limits.waitWarningPercent ? 'late' : 'plain';
  return { sec, limitSec, share, tone };
};
