import { instant } from '../../platform/clock.ts';
import { publicUrl } from '../../platform/config.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Opening } from '../../platform/socket/on-socket.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import {
  connectionWrite,
  takeTicket,
  userConnections,
  userConnectionsWrite,
} from '../core/connection-repository.ts';
import { connectionOpened } from '../internal-events.ts';
import type { LiveTicket } from '../model.ts';
import { endConnection } from './end-connection.ts';
import { hashOfTicket } from './issue-ticket.ts';
import { admits, withConnection } from './open-connections.ts';

/** The subprotocol that is spoken; the ticket travels as a second one, so that it stands in no address. */
const PROTOCOL = 'rotadesk';

const refused = (code: string, message: string): AppError => new AppError('forbidden', code, message);

const checkOrigin = (rt: Runtime, origin: string | undefined): void => {
  if (origin === new URL(publicUrl(rt.env)).origin) return;
  throw refused('foreign-origin', 'Connections are opened by pages of this address alone.');
};

const spend = async (rt: Runtime, [protocol, ticket]: readonly string[]): Promise<LiveTicket> => {
  const found =
    protocol === PROTOCOL && ticket !== undefined ? await takeTicket(rt, hashOfTicket(ticket)) : undefined;
  if (found && found.expiresAt > instant(rt.clock.nowMs())) return found;
  throw refused('live-ticket-invalid', 'The ticket opens nothing; get another one.');
};

/** Stores the connection among those of its user; gives those that have to make room. */
const admit = (rt: Runtime, connectionId: string, ticket: LiveTicket): Promise<readonly string[]> =>
  untilCommitted(rt, async () => {
    const { userId, roles, sessionId } = ticket;
    const before = await userConnections.find(rt, { userId });
    if (before && !admits(before, ticket)) throw refused('live-ticket-invalid', 'The session has ended.');
    const openedAt = instant(rt.clock.nowMs());
    const session = sessionId !== undefined && { sessionId };
    const { after, closing } = withConnection(before, userId, {
      connectionId,
      ...session,
      ticketAt: ticket.issuedAt,
    });
    await commit(rt, {
      writes: [
        connectionWrite(rt, { connectionId, userId, roles, ...session, openedAt, second: 0, frames: 0 }),
        userConnectionsWrite(rt, before, after),
      ],
      // Should it be lost, the answer to the first subscription tells as much.
      events: [connectionOpened.draft({ connectionId, userId }, { reminder: true })],
    });
    return closing;
  });

/**
 * Lets a connection in: from a page of ours, with a ticket that is spent by it. An eleventh of one user closes their oldest.
 * Throws AppError `foreign-origin`, `live-ticket-invalid` (403).
 */
export const connect = async (
  rt: Runtime,
  { connectionId, origin, subprotocols }: Omit<Opening, 'rt'>,
): Promise<string> => {
  checkOrigin(rt, origin);
  const ticket = await spend(rt, subprotocols);
  const closing = await admit(rt, connectionId, ticket);
  await Promise.all(
    closing.map((each) => endConnection(rt, each, { userId: ticket.userId, reason: 'too-many-connections' })),
  );
  return PROTOCOL;
};
