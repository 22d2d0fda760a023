import * as z from 'zod';
import { defineEvent } from '../platform/events/define-event.ts';

/** A connection was let in: nothing can be sent to it before the gateway has opened it. */
export const connectionOpened = defineEvent('live.connection.opened', () =>
  z.object({ connectionId: z.string(), userId: z.string() }),
);

/** A desk's board is to be sent to those who follow it. */
export const boardDue = defineEvent('live.board.due', () => z.object({ deskId: z.string() }));
