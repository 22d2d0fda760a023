import { instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { dueShards, listDue } from '../repository/due-lists.ts';
import type { Item } from '../repository/table.ts';
import { sendReminders } from './send-reminders.ts';
import { timerEvent } from './timers.ts';

/** Deadlines too far for a message become one this long before they are due: the tick comes once a minute, give or take. */
const AHEAD_MS = 70_000;
/** A near deadline still standing after this has lost its message. */
const LATE_MS = 5_000;
const PAGE = 100;

export interface Swept {
  readonly sent: number;
  /** Those among them that should have fired before. */
  readonly late: number;
  /** Time ran out before the end: the next tick goes on. */
  readonly cut: boolean;
}

const nothing: Swept = { sent: 0, late: 0, cut: false };

const sum = (a: Swept, b: Swept): Swept => ({
  sent: a.sent + b.sent,
  late: a.late + b.late,
  cut: a.cut || b.cut,
});

const sweepShard = async (
  rt: Runtime,
  { shard, untilMs, stopAtMs }: { shard: string; untilMs: number; stopAtMs: number },
): Promise<Swept> => {
  const lateBefore = instant(rt.clock.nowMs() - LATE_MS);
  let swept = nothing;
  let after: Item | undefined;
  do {
    if (rt.clock.nowMs() >= stopAtMs) return { ...swept, cut: true };
    const page = await listDue(rt, { shard, until: instant(untilMs), limit: PAGE, after });
    await sendReminders(
      rt,
      page.due.map(({ timer, dueAt }) => timerEvent(timer, dueAt)),
    );
    const late = page.due.filter(({ dueAt }) => dueAt <= lateBefore).length;
    swept = sum(swept, { sent: page.due.length, late, cut: false });
    after = page.next;
  } while (after);
  return swept;
};

/**
 * Walks the due line: far deadlines that come within a minute go out as messages, near ones that are late go out again.
 * It moves nothing, so running it twice only sends twice, and a timer fired twice changes nothing.
 */
export const sweepDue = async (rt: Runtime, { stopAtMs }: { stopAtMs: number }): Promise<Swept> => {
  const nowMs = rt.clock.nowMs();
  const shards = [
    ...dueShards('far').map((shard) => ({ shard, untilMs: nowMs + AHEAD_MS, stopAtMs })),
    ...dueShards('near').map((shard) => ({ shard, untilMs: nowMs - LATE_MS, stopAtMs })),
  ];
  const swept = await Promise.all(shards.map((shard) => sweepShard(rt, shard)));
  return swept.reduce(sum, nothing);
};
