import { letterDue } from '../../lib/notifications/events.ts';
import { sendLetter } from '../../lib/notifications/letters/send-letter.ts';
import { eventOf } from '../../lib/platform/events/event.ts';
import { onQueue } from '../../lib/platform/queue/on-queue.ts';

export const handler = onQueue({ body: eventOf(letterDue) }, ({ rt, message }) =>
  sendLetter(rt, message.data),
);
