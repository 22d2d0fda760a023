import { epochMs } from '../../platform/clock.ts';
import { measure } from '../../platform/metrics.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { isOnline, rosterLists } from '../core/executor.ts';
import { readLines } from '../core/line-counts.ts';
import { readRosterState } from '../core/roster-counts.ts';
import { allDeskIds } from '../dispatch/wake-up.ts';

const AT_ONCE = 20;

interface Figures {
  readonly waiting: number;
  readonly oldestWaitSec: number;
  readonly online: number;
}

const measureDesk = async (rt: Runtime, deskId: string): Promise<Figures> => {
  const [lines, roster] = await Promise.all([
    readLines(rt, deskId),
    readRosterState(rt, deskId, { first: 0 }),
  ]);
  const nowMs = rt.clock.nowMs();
  const waits = lines.flatMap(({ head }) => (head ? [(nowMs - epochMs(head.waitingSince)) / 1000] : []));
  return {
    waiting: lines.reduce((sum, { waiting }) => sum + waiting.count, 0),
    oldestWaitSec: Math.max(0, ...waits),
    online: rosterLists.filter(isOnline).reduce((sum, list) => sum + roster.counts[list].count, 0),
  };
};

/**
 * How long the lines of all desks are, how long the first in them have waited, and how many executors are online: as the board
 * shows it, so exact up to 100 a line and list. Sends nothing while nobody waits and nobody is online.
 */
export const measureDesks = async (rt: Runtime): Promise<void> => {
  const deskIds = await allDeskIds(rt);
  const figures: Figures[] = [];
  for (let start = 0; start < deskIds.length; start += AT_ONCE) {
    const some = deskIds.slice(start, start + AT_ONCE);
    figures.push(...(await Promise.all(some.map((deskId) => measureDesk(rt, deskId)))));
  }
  const sum = (of: (each: Figures) => number): number => figures.reduce((total, each) => total + of(each), 0);
  const [waiting, online] = [sum((each) => each.waiting), sum((each) => each.online)];
  if (waiting === 0 && online === 0) return;
  measure(rt, 'TicketsWaiting', { value: waiting });
  measure(rt, 'ExecutorsOnline', { value: online });
  const oldestWaitSec = Math.max(...figures.map((each) => each.oldestWaitSec));
  measure(rt, 'OldestWaitSec', { value: oldestWaitSec, unit: 'Seconds' });
};
