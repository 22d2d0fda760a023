import { appendEntry } from '../../lib/audit/audit-repository.ts';
import { auditRecorded } from '../../lib/platform/audit.ts';
import { onEvents } from '../../lib/platform/queue/on-events.ts';

export const handler = onEvents({
  queue: 'audit-events',
  on: [auditRecorded.to((rt, { data }) => appendEntry(rt, data))],
});
