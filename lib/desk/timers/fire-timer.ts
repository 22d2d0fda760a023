import type { Instant } from '../../platform/clock.ts';
import { sendReminders } from '../../platform/events/send-reminders.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { fireTimer } from '../../platform/timers/fire-timer.ts';
import { type DeskTimer, deskTimers } from '../desk-timers.ts';
import { endReconnect, watchPresence } from '../executors/watch-presence.ts';
import { dispatchRequested } from '../internal-events.ts';
import { closeParked } from './close-parked.ts';
import { expireWait } from './expire-wait.ts';
import { missAcceptance } from './miss-acceptance.ts';

/** Acts on a deadline of the desk. Late and doubled ones change nothing, since each timer names what it was set for. */
export const fireDeskTimer = (rt: Runtime, due: { timer: DeskTimer; dueAt: Instant }): Promise<void> =>
  fireTimer<DeskTimer>(rt, deskTimers, due, {
    wait: expireWait,
    accept: missAcceptance,
    parked: closeParked,
    presence: watchPresence,
    reconnect: endReconnect,
    wake: (_, { deskId }) => sendReminders(rt, [dispatchRequested.draft({ deskId })]),
  });
