import * as z from 'zod';
import { defineEvent } from '../platform/events/define-event.ts';

/** A manager wants a past span replayed. */
export const replayRequested = defineEvent('replay.run.requested', () => z.object({ replayId: z.string() }));
