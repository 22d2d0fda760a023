import { hasLine } from '../../lib/desk/core/due-list-repository.ts';
import { dispatchDesk } from '../../lib/desk/dispatch/dispatch-desk.ts';
import { wakeDesks } from '../../lib/desk/dispatch/wake-desks.ts';
import { limitsChanged } from '../../lib/desk/events.ts';
import {
  dispatchRequested,
  newLineJoined,
  orphanedLineJoined,
  roomAppeared,
  urgentLineJoined,
} from '../../lib/desk/internal-events.ts';
import type { Delivery } from '../../lib/platform/events/define-event.ts';
import { onEvents } from '../../lib/platform/queue/on-events.ts';
import type { Runtime } from '../../lib/platform/runtime.ts';

/** One run serves a whole batch. Of many wake-ups at once the run before has mostly done the work of these too. */
const dispatch = (rt: Runtime, deskId: string, { once, amongOthers }: Delivery): Promise<void> =>
  once(deskId, async () => {
    if (amongOthers && !(await hasLine(rt, deskId))) return;
    const { kind, assigned } = await dispatchDesk(rt, deskId);
    rt.log.debug('dispatched', { deskId, kind, assigned });
  });

const named = (rt: Runtime, { data }: { data: { deskId: string } }, delivery: Delivery): Promise<void> =>
  dispatch(rt, data.deskId, delivery);

/** Wakes the dispatcher: a ticket waits in a line, or room may have appeared. */
export const handler = onEvents(
  { queue: 'tickets-orphaned', on: [orphanedLineJoined.to(named)] },
  { queue: 'tickets-urgent', on: [urgentLineJoined.to(named)] },
  { queue: 'tickets-new', on: [newLineJoined.to(named)] },
  {
    queue: 'executor-events',
    on: [
      roomAppeared.to(named),
      dispatchRequested.to(named),
      limitsChanged.to(async (rt, { data: { deskIds } }, delivery) => {
        // Each desk by a message of its own: one run would not get through thousands of them.
        if (deskIds === 'all') await wakeDesks(rt);
        else for (const deskId of deskIds) await dispatch(rt, deskId, delivery);
      }),
    ],
  },
);
