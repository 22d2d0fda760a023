import { sendReminders } from '../../platform/events/send-reminders.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { hasLine } from '../core/due-list-repository.ts';
import { dispatchRequested } from '../internal-events.ts';
import { allDeskIds } from './wake-up.ts';

const AT_ONCE = 20;

/** Wakes the dispatcher of every desk where somebody waits; answers which. A net: events come first. */
export const wakeDesks = async (rt: Runtime): Promise<string[]> => {
  const deskIds = await allDeskIds(rt);
  const woken: string[] = [];
  for (let start = 0; start < deskIds.length; start += AT_ONCE) {
    const some = deskIds.slice(start, start + AT_ONCE);
    const waiting = await Promise.all(some.map((deskId) => hasLine(rt, deskId)));
    const awake = some.filter((_, index) => waiting[index]);
    await sendReminders(
      rt,
      awake.map((deskId) => dispatchRequested.draft({ deskId })),
    );
    woken.push(...awake);
  }
  return woken;
};
