import type { rightsLost, sessionEnded } from '../../platform/auth/rights-lost.ts';
import type { Instant } from '../../platform/clock.ts';
import type { EventOf } from '../../platform/events/define-event.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { userConnections, userConnectionsWrite } from '../core/connection-repository.ts';
import type { UserConnections } from '../model.ts';
import { endConnection } from './end-connection.ts';

type Open = UserConnections['open'][number];

/** From now on tickets of before open nothing; gives the connections that are open. */
const refuseTickets = (rt: Runtime, userId: string, at: Instant): Promise<readonly Open[]> =>
  untilCommitted(rt, async () => {
    const before = await userConnections.find(rt, { userId });
    const { open = [], ticketsAfter = '', version = 0 } = before ?? {};
    if (ticketsAfter < at) {
      const after = { ...before, userId, open, ticketsAfter: at, version: version + 1 };
      await commit(rt, { writes: [userConnectionsWrite(rt, before, after)] });
    }
    return open;
  });

const endAll = async (rt: Runtime, userId: string, open: readonly Open[]): Promise<void> => {
  await Promise.all(
    open.map(({ connectionId }) => endConnection(rt, connectionId, { userId, reason: 'access-ended' })),
  );
};

/**
 * A user lost a role or was locked: their connections were opened with the roles of before. One that was opened with a
 * ticket of after stays.
 */
export const endOnLostRights = async (
  rt: Runtime,
  { data: { userId }, at }: EventOf<typeof rightsLost>,
): Promise<void> => {
  const open = await refuseTickets(rt, userId, at);
  await endAll(
    rt,
    userId,
    open.filter(({ ticketAt }) => ticketAt <= at),
  );
};

/** A session ended, and its connections with it. */
export const endOnSessionEnd = async (
  rt: Runtime,
  { data: { userId, sessionId }, at }: EventOf<typeof sessionEnded>,
): Promise<void> => {
  const open = await refuseTickets(rt, userId, at);
  await endAll(
    rt,
    userId,
    open.filter((each) => each.sessionId === sessionId),
  );
};
