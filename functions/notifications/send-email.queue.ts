import { sendEmail } from '../../lib/notifications/emails/send-email.ts';
import { emailDue } from '../../lib/notifications/internal-events.ts';
import { onEvents } from '../../lib/platform/queue/on-events.ts';

export const handler = onEvents({
  queue: 'emails',
  on: [emailDue.to((rt, { data }) => sendEmail(rt, data))],
});
