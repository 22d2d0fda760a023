import { sesNotice } from '../../lib/notifications/feedback/feedback.ts';
import { recordFeedback } from '../../lib/notifications/feedback/record-feedback.ts';
import { onQueue } from '../../lib/platform/queue/on-queue.ts';

export const handler = onQueue({ body: sesNotice }, ({ rt, message }) => recordFeedback(rt, message));
