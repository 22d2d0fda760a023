import { onEvents } from '../../lib/platform/queue/on-events.ts';
import { replayRequested } from '../../lib/replay/internal-events.ts';
import { runReplay } from '../../lib/replay/run-replay.ts';

export const handler = onEvents({
  queue: 'replay-events',
  on: [replayRequested.to((rt, { data }) => runReplay(rt, data.replayId))],
});
