import { instant } from '../clock.ts';
import type { Runtime } from '../runtime.ts';
import type { EventDraft } from './event.ts';
import { sendEvents } from './send.ts';

/**
 * Sends events that need no row of the outbox: those no change goes with, and those whose record is the change itself. The
 * message or tick that led here comes again when this fails. Each has a new id, for it is no fact.
 */
export const sendReminders = (rt: Runtime, drafts: readonly EventDraft[]): Promise<void> => {
  const at = instant(rt.clock.nowMs());
  const origin = rt.correlationId ? { correlationId: rt.correlationId } : {};
  return sendEvents(
    rt,
    drafts.map(({ reminder: _, ...draft }) => ({
      ...{ ...origin, ...draft },
      id: rt.ids.next('evt'),
      at,
      data: { ...draft.data },
    })),
  );
};

/** Sends what a commit has already made durable. A failure is no failure of the change: the sweep finds what is stored. */
export const remind = async (rt: Runtime, drafts: readonly EventDraft[]): Promise<void> => {
  try {
    await sendReminders(rt, drafts);
  } catch (error) {
    rt.log.warn('reminders left to the tick', { events: drafts.map(({ type }) => type), error });
  }
};
