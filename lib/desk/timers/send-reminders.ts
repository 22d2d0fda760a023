import { instant } from '../../platform/clock.ts';
import type { EventDraft } from '../../platform/outbox/event.ts';
import { sendEvents } from '../../platform/outbox/send.ts';
import type { Runtime } from '../../platform/runtime.ts';

/**
 * Sends events that no change goes with: reminders, whose deadline already stands in the due line, and wake-ups. Not
 * through the outbox: the message that led here is delivered again when this fails.
 */
export const sendReminders = (rt: Runtime, drafts: readonly EventDraft[]): Promise<void> => {
  const at = instant(rt.clock.nowMs());
  return sendEvents(
    rt,
    drafts.map((draft) => ({ ...draft, id: rt.ids.next('evt'), at, data: { ...draft.data } })),
  );
};

export const wakeEvent = (deskId: string): EventDraft => ({
  type: 'desk.dispatch.requested',
  data: { deskId },
});
