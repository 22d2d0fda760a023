import type { EventDraft } from '../../platform/outbox/event.ts';

export { sendReminders } from '../../platform/outbox/send-reminders.ts';

export const wakeEvent = (deskId: string): EventDraft => ({
  type: 'desk.dispatch.requested',
  data: { deskId },
});
