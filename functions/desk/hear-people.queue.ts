import { keepPerson, personFact } from '../../lib/desk/people/keep-person.ts';
import { onQueue } from '../../lib/platform/queue/on-queue.ts';

export const handler = onQueue({ body: personFact }, ({ rt, message }) => keepPerson(rt, message));
