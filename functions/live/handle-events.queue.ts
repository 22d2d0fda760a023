import { greet } from '../../lib/live/connections/greet.ts';
import { connectionOpened } from '../../lib/live/internal-events.ts';
import { onEvents } from '../../lib/platform/queue/on-events.ts';

export const handler = onEvents({ queue: 'live-events', on: [connectionOpened.to(greet)] });
