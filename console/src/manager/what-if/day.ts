import { dayOf } from '../../parts/time-text.ts';

const DAY_MS = 86_400_000;
/** The server may be a little behind. */
const SLACK_MS = 3000;
export const KEPT_DAYS = 89;

const DAY = /^\d{4}-\d\d-\d\d$/;

/** A day of the reader's zone from its first instant on, the present one until now. */
export const spanOf = (
  day: string,
  nowMs: number,
): { readonly from: string; readonly to: string } | undefined => {
  const start = new Date(`${day}T00:00:00`);
  const next = new Date(start);
  next.setDate(next.getDate() + 1);
  const toMs = Math.min(next.getTime(), nowMs - SLACK_MS);
  if (!Number.isFinite(toMs) || toMs <= start.getTime()) return undefined;
  return { from: start.toISOString(), to: new Date(toMs).toISOString() };
};

/** The day of the address if it can be replayed, else the present one. */
export const dayIn = (value: unknown, nowMs: number): string => {
  const today = dayOf(nowMs);
  if (typeof value !== 'string' || !DAY.test(value)) return today;
  const first = dayOf(nowMs - KEPT_DAYS * DAY_MS);
  return value > today || value < first ? today : value;
};
