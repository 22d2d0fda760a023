import { beatByConnection, missBeat } from '../../lib/desk/executors/connection-beats.ts';
import { timerSet } from '../../lib/desk/internal-events.ts';
import { fireDeskTimer } from '../../lib/desk/timers/fire-timer.ts';
import { onEvents } from '../../lib/platform/queue/on-events.ts';
import { connectionBeat, connectionLost } from '../../lib/platform/socket/events.ts';

export const handler = onEvents(
  { queue: 'timers', on: [timerSet.to((rt, { data }) => fireDeskTimer(rt, data))] },
  { queue: 'beats', on: [connectionBeat.to(beatByConnection), connectionLost.to(missBeat)] },
);
