import { instant } from '../../platform/clock.ts';
import { sendReminders } from '../../platform/events/send-reminders.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { connectionLost } from '../../platform/socket/events.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { userConnections, userConnectionsWrite } from '../core/connection-repository.ts';
import { closeConnection } from '../core/send-frame.ts';
import { connectionRemovals, connectionTopics, unsubscribeWrite } from '../core/subscription-repository.ts';
import type { ByeReason } from '../frames.ts';
import type { Connection } from '../model.ts';
import { withoutConnection } from './open-connections.ts';

/** What one transaction takes, less the connection's own two. */
const AT_ONCE = 90;

/** Removes what is stored of a connection. Removing it twice changes nothing. */
const removeConnection = async (rt: Runtime, connectionId: string): Promise<void> => {
  const topics = (await connectionTopics.find(rt, { connectionId }))?.topics ?? [];
  const removals = topics.map((topic) => unsubscribeWrite(rt, { topic, connectionId }));
  for (let start = AT_ONCE; start < removals.length; start += AT_ONCE) {
    await commit(rt, { writes: removals.slice(start, start + AT_ONCE) });
  }
  await commit(rt, { writes: [...removals.slice(0, AT_ONCE), ...connectionRemovals(rt, connectionId)] });
};

/** Takes a connection from those of its user; tells whether it was the last. False, too, when it was taken before. */
const leaveUser = (rt: Runtime, userId: string, connectionId: string): Promise<boolean> =>
  untilCommitted(rt, async () => {
    const before = await userConnections.find(rt, { userId });
    const left = withoutConnection(before, connectionId);
    if (!left) return false;
    await commit(rt, { writes: [userConnectionsWrite(rt, before, left.after)] });
    return left.wasLast;
  });

/** A connection is no more. Tells whether it was the last of its user, and nobody has ended it before. */
export const forgetConnection = async (
  rt: Runtime,
  connectionId: string,
  userId: string,
): Promise<boolean> => {
  const wasLast = await leaveUser(rt, userId, connectionId);
  await removeConnection(rt, connectionId);
  return wasLast;
};

/** Ends a connection from our side, saying why. Its end is no missed beat: it has left its user before the gateway tells of it. */
export const endConnection = async (
  rt: Runtime,
  connectionId: string,
  { userId, reason }: { userId: string; reason: ByeReason },
): Promise<void> => {
  await forgetConnection(rt, connectionId, userId);
  await closeConnection(rt, connectionId, reason);
};

/** A connection that was lost, by no doing of ours. An executor's last one is a missed heartbeat. */
export const loseConnection = async (
  rt: Runtime,
  { connectionId, userId, roles }: Pick<Connection, 'connectionId' | 'userId' | 'roles'>,
): Promise<void> => {
  const wasLast = await forgetConnection(rt, connectionId, userId);
  if (!wasLast || !roles.includes('executor')) return;
  await sendReminders(rt, [connectionLost.draft({ userId, at: instant(rt.clock.nowMs()) })]);
};
