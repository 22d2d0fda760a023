import { replayRequested } from '../../lib/desk/internal-events.ts';
import { runReplay } from '../../lib/desk/replay/run-replay.ts';
import { onEvents } from '../../lib/platform/events/on-events.ts';

export const handler = onEvents({
  queue: 'replays',
  on: [replayRequested.to((rt, { data }) => runReplay(rt, data.replayId))],
});
