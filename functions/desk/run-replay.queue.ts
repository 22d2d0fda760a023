import * as z from 'zod';
import { replayIdSchema } from '../../lib/desk/replay/replay-view.ts';
import { runReplay } from '../../lib/desk/replay/run-replay.ts';
import { eventOf } from '../../lib/platform/events/event.ts';
import { onQueue } from '../../lib/platform/queue/on-queue.ts';

const replayRequested = z.object({ replayId: replayIdSchema });

export const handler = onQueue({ body: eventOf(replayRequested) }, ({ rt, message }) =>
  runReplay(rt, message.data.replayId),
);
