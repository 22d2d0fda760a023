import { timerSet } from '../../lib/desk/internal-events.ts';
import { fireDeskTimer } from '../../lib/desk/timers/fire-timer.ts';
import { onEvents } from '../../lib/platform/queue/on-events.ts';

export const handler = onEvents({
  queue: 'timers',
  on: [timerSet.to((rt, { data }) => fireDeskTimer(rt, data))],
});
