import { epochSec } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import type { Write } from '../../platform/storage/write.ts';
import { identityTable } from '../core/table-repository.ts';
import { type Session, sessionSchema } from '../model.ts';

export const sessions = defineEntity({
  table: 'identity',
  name: 'identity.session',
  key: ({ id }: Pick<Session, 'id'>) => ({ pk: `SESSION#${id}`, sk: 'SESSION' }),
  schema: sessionSchema,
  indexes: { attributes: [], of: ({ expiresAt }) => ({ expiresAtSec: epochSec(expiresAt) + 24 * 3600 }) },
});

export const findSession = (rt: Runtime, sessionId: string): Promise<Session | undefined> =>
  sessions.find(rt, { id: sessionId });

export const newSessionWrite = (rt: Runtime, session: Session): Write => sessions.putNew(rt, session);

/** The session in its next generation; fails when another refresh was first, or the session has ended. */
export const rotateWrite = (rt: Runtime, before: Session, after: Session): Write => ({
  Put: {
    TableName: identityTable(rt),
    Item: sessions.toItem(after),
    ConditionExpression: 'generation = :generation AND attribute_not_exists(ended)',
    ExpressionAttributeValues: { ':generation': before.generation },
  },
});

/** Ends a session, whatever its generation is by now; fails when it has ended before. */
export const endWrite = (rt: Runtime, sessionId: string, ended: NonNullable<Session['ended']>): Write => ({
  Update: {
    TableName: identityTable(rt),
    Key: { ...sessions.key({ id: sessionId }) },
    UpdateExpression: 'SET ended = :ended',
    ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(ended)',
    ExpressionAttributeValues: { ':ended': ended },
  },
});

/** Holds a transaction to a session that has not ended. */
export const sessionGoesOn = (rt: Runtime, sessionId: string): Write => ({
  ConditionCheck: {
    TableName: identityTable(rt),
    Key: { ...sessions.key({ id: sessionId }) },
    ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(ended)',
  },
});
