import { appendEntry } from '../../lib/admin/repository.ts';
import { auditRecorded } from '../../lib/platform/audit.ts';
import { onEvents } from '../../lib/platform/queue/on-events.ts';

export const handler = onEvents({
  queue: 'admin-events',
  on: [auditRecorded.to((rt, { data }) => appendEntry(rt, data))],
});
