import { sesNotice } from '../../lib/notifications/feedback/feedback.ts';
import { hearFeedback } from '../../lib/notifications/feedback/hear-feedback.ts';
import { onQueue } from '../../lib/platform/queue/on-queue.ts';

export const handler = onQueue({ body: sesNotice }, ({ rt, message }) => hearFeedback(rt, message));
