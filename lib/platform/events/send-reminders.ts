import { instant } from '../clock.ts';
import type { Runtime } from '../runtime.ts';
import type { EventDraft } from './event.ts';
import { sendEvents } from './send.ts';

/**
 * Sends events that no change goes with: reminders, whose deadline already stands in a due line, and wake-ups. Not
 * through the outbox: the message or tick that led here comes again when this fails. Each has a new id, for it is no fact.
 */
export const sendReminders = (rt: Runtime, drafts: readonly EventDraft[]): Promise<void> => {
  const at = instant(rt.clock.nowMs());
  return sendEvents(
    rt,
    drafts.map((draft) => ({ ...draft, id: rt.ids.next('evt'), at, data: { ...draft.data } })),
  );
};
