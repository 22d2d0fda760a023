import type { EventDraft } from '../../platform/events/event.ts';

export { sendReminders } from '../../platform/events/send-reminders.ts';

export const wakeEvent = (deskId: string): EventDraft => ({
  type: 'desk.dispatch.requested',
  data: { deskId },
});
