import { recordJournal } from '../../lib/desk/replay/record-journal.ts';
import { domainEvent } from '../../lib/platform/events/event.ts';
import { onQueue } from '../../lib/platform/queue/on-queue.ts';

export const handler = onQueue({ body: domainEvent }, ({ rt, message }) => recordJournal(rt, message));
