import type { Runtime } from '../../platform/runtime.ts';
import { type DueShard, LATE_MS, type Swept, sweepDueLines } from '../../platform/timers/sweep-due-lines.ts';
import type { StandingDue } from '../repository/due.ts';
import { dueShards, listDue } from '../repository/due-lists.ts';
import { deskTable } from '../repository/table.ts';
import { timerEvent } from './timers.ts';

/** Deadlines too far for a message become one this long before they are due: the tick comes once a minute, give or take. */
const AHEAD_MS = 70_000;

/**
 * Walks the due line: far deadlines that come within a minute go out as messages, near ones that are late go out again,
 * neither again for five minutes. A timer fired twice changes nothing.
 */
export const sweepDue = (rt: Runtime, { stopAtMs }: { stopAtMs: number }): Promise<Swept> => {
  const nowMs = rt.clock.nowMs();
  const shard = (name: string, untilMs: number): DueShard<StandingDue> => ({
    untilMs,
    list: (query) => listDue(rt, { shard: name, ...query }),
    eventOf: ({ timer, deadline }) => timerEvent(timer, deadline),
  });
  return sweepDueLines(rt, { table: deskTable(rt), stopAtMs }, [
    ...dueShards('far').map((name) => shard(name, nowMs + AHEAD_MS)),
    ...dueShards('near').map((name) => shard(name, nowMs - LATE_MS)),
  ]);
};
