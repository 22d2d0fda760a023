import { epochMs, instant } from '../../platform/clock.ts';
import { sendReminders } from '../../platform/events/send-reminders.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { connectionBeat } from '../../platform/socket/events.ts';
import { endConnection } from '../connections/end-connection.ts';
import { connections, countFrame } from '../core/connection-repository.ts';
import { closeConnection } from '../core/send-frame.ts';
import {
  type ByeReason,
  type ClientFrame,
  clientFrame,
  MAX_FRAME_BYTES,
  MAX_FRAMES_PER_SEC,
} from '../frames.ts';
import type { Connection } from '../model.ts';
import { subscribe, unsubscribe } from '../topics/subscribe.ts';
import { signal } from './signal.ts';

/** The gateway ends a connection after two hours, and one that is silent for ten minutes: so each gets its `bye` in time. */
const LONGEST_MS = 105 * 60_000;

const parsed = (text: string): ClientFrame | undefined => {
  try {
    const { success, data } = clientFrame().safeParse(JSON.parse(text));
    return success ? data : undefined;
  } catch {
    return undefined;
  }
};

/** Why a connection is closed on this frame; undefined: it is not. */
const brokenLimit = (rt: Runtime, connection: Connection, text: string): ByeReason | undefined => {
  if (connection.frames > MAX_FRAMES_PER_SEC) return 'too-many-frames';
  if (Buffer.byteLength(text) > MAX_FRAME_BYTES) return 'frame-too-large';
  return rt.clock.nowMs() - epochMs(connection.openedAt) > LONGEST_MS ? 'time-limit' : undefined;
};

/** A heartbeat is the desk's affair, and of executors alone; it keeps everybody's line open. */
const passBeat = async (rt: Runtime, { userId, roles }: Connection): Promise<void> => {
  if (!roles.includes('executor')) return;
  await sendReminders(rt, [connectionBeat.draft({ userId, at: instant(rt.clock.nowMs()) })]);
};

const handle = async (
  rt: Runtime,
  connection: Connection,
  frame: ClientFrame,
): Promise<ByeReason | undefined> => {
  switch (frame.type) {
    case 'subscribe':
      return (await subscribe(rt, connection, frame.topics)) ? undefined : 'too-many-topics';
    case 'unsubscribe':
      await unsubscribe(rt, connection, frame.topics);
      return undefined;
    case 'beat':
      await passBeat(rt, connection);
      return undefined;
    case 'typing':
    case 'viewing':
      await signal(rt, connection, frame);
      return undefined;
  }
};

/** A frame of an open connection; whoever breaks a limit, or sends what is no frame, gets the reason and is closed. */
export const receiveFrame = async (rt: Runtime, connectionId: string, text: string): Promise<void> => {
  const connection = await countFrame(rt, connectionId);
  // It was ended, and its line is still there.
  if (!connection) return closeConnection(rt, connectionId, 'try-again');
  const broken = brokenLimit(rt, connection, text);
  const frame = broken ? undefined : parsed(text);
  const reason = broken ?? (frame ? await handle(rt, connection, frame) : 'invalid-frame');
  if (reason) await endConnection(rt, connectionId, { userId: connection.userId, reason });
};

/** A frame was lost on our side: its connection is closed, since a new one begins with all that was wanted. */
export const giveUp = async (rt: Runtime, connectionId: string): Promise<void> => {
  try {
    const connection = await connections.find(rt, { connectionId });
    if (connection) await endConnection(rt, connectionId, { userId: connection.userId, reason: 'try-again' });
    else await closeConnection(rt, connectionId, 'try-again');
  } catch (error) {
    rt.log.error('a connection was not closed after a lost frame', { connectionId, error });
  }
};
