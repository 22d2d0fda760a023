import { epochSec } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { Session } from '../model.ts';
import { findItem, type Item, identityTable, type Key, putNew } from './table.ts';

const sessionKey = (sessionId: string): Key => ({ pk: `SESSION#${sessionId}`, sk: 'SESSION' });

const itemOf = (session: Session): Item => ({
  ...sessionKey(session.id),
  ...session,
  expiresAtSec: epochSec(session.expiresAt) + 24 * 3600,
});

export const findSession = async (rt: Runtime, sessionId: string): Promise<Session | undefined> => {
  const item = await findItem(rt, sessionKey(sessionId));
  if (!item) return undefined;
  const { pk: _pk, sk: _sk, expiresAtSec: _expires, ...session } = item;
  return session as unknown as Session;
};

export const newSessionWrite = (rt: Runtime, session: Session): Write => putNew(rt, itemOf(session));

/** The session in its next generation; fails when another refresh was first, or the session has ended. */
export const rotateWrite = (rt: Runtime, before: Session, after: Session): Write => ({
  Put: {
    TableName: identityTable(rt),
    Item: itemOf(after),
    ConditionExpression: 'generation = :generation AND attribute_not_exists(ended)',
    ExpressionAttributeValues: { ':generation': before.generation },
  },
});

/** Ends a session, whatever its generation is by now; fails when it has ended before. */
export const endWrite = (rt: Runtime, sessionId: string, ended: NonNullable<Session['ended']>): Write => ({
  Update: {
    TableName: identityTable(rt),
    Key: { ...sessionKey(sessionId) },
    UpdateExpression: 'SET ended = :ended',
    ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(ended)',
    ExpressionAttributeValues: { ':ended': ended },
  },
});
