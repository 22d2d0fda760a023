import { letterDue } from '../../lib/notifications/internal-events.ts';
import { sendLetter } from '../../lib/notifications/letters/send-letter.ts';
import { onEvents } from '../../lib/platform/events/on-events.ts';

export const handler = onEvents({
  queue: 'letters',
  on: [letterDue.to((rt, { data }) => sendLetter(rt, data))],
});
