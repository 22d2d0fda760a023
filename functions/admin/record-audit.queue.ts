import { appendEntry } from '../../lib/admin/repository.ts';
import { auditRecorded } from '../../lib/platform/audit.ts';
import { onQueue } from '../../lib/platform/queue/on-queue.ts';

export const handler = onQueue({ body: auditRecorded }, ({ rt, message }) => appendEntry(rt, message.data));
