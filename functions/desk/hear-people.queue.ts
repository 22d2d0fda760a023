import { keepPerson } from '../../lib/desk/people/keep-person.ts';
import { userChanged } from '../../lib/identity/events.ts';
import { onEvents } from '../../lib/platform/events/on-events.ts';

export const handler = onEvents({ queue: 'people', on: [userChanged.to(keepPerson)] });
