import { instant } from '../../platform/clock.ts';
import type { EventOf } from '../../platform/events/define-event.ts';
import { count } from '../../platform/metrics.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { sendFrame } from '../core/send-frame.ts';
import type { connectionOpened } from '../internal-events.ts';
import { endConnection, forgetConnection } from './end-connection.ts';

/** The gateway opens a connection after it was let in, some milliseconds later as a rule. */
const TRIES = 6;
const FIRST_WAIT_MS = 50;

const sendHello = async (rt: Runtime, connectionId: string): Promise<boolean> => {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    if (attempt > 0) await rt.clock.sleep(FIRST_WAIT_MS * 2 ** (attempt - 1));
    const serverTime = instant(rt.clock.nowMs());
    const outcome = await sendFrame(rt, connectionId, { type: 'hello', serverTime, connectionId });
    if (outcome === 'sent') return true;
  }
  return false;
};

/** The first frame of a connection. One that never opened is forgotten; one that does not get it is closed, for it waits. */
export const greet = async (rt: Runtime, { data }: EventOf<typeof connectionOpened>): Promise<void> => {
  const { connectionId, userId } = data;
  try {
    if (!(await sendHello(rt, connectionId))) await forgetConnection(rt, connectionId, userId);
  } catch (error) {
    count(rt, 'LiveFramesLost', { connectionId, error });
    await endConnection(rt, connectionId, { userId, reason: 'try-again' });
  }
};
