import { dispatchDesk } from '../../lib/desk/dispatch/dispatch-desk.ts';
import { wakeDesks } from '../../lib/desk/dispatch/wake-desks.ts';
import { desksOf } from '../../lib/desk/dispatch/wake-up.ts';
import { wakeUp } from '../../lib/desk/events.ts';
import { eventOf } from '../../lib/platform/events/event.ts';
import { onQueue } from '../../lib/platform/queue/on-queue.ts';

/** Wakes the dispatcher: a ticket stands in a line, or room may have appeared. One run serves a whole batch. */
export const handler = onQueue({ body: eventOf(wakeUp) }, async ({ rt, message, once }) => {
  // Each desk by a message of its own: one run would not get through thousands of them.
  if ('deskIds' in message.data && message.data.deskIds === 'all') {
    await wakeDesks(rt);
    return;
  }
  for (const deskId of await desksOf(rt, message.data)) {
    await once(deskId, async () => {
      const { kind, assigned } = await dispatchDesk(rt, deskId);
      rt.log.debug('dispatched', { deskId, kind, assigned });
    });
  }
});
