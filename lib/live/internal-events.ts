import * as z from 'zod';
import { defineEvent } from '../platform/events/define-event.ts';

/** A connection was let in: nothing can be sent to it before the gateway has opened it. */
export const connectionOpened = defineEvent('live.connection.opened', () =>
  z.object({ connectionId: z.string(), userId: z.string() }),
);
