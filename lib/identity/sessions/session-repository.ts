import { epochSec } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import type { Item, ItemPage } from '../../platform/storage/items.ts';
import type { Write } from '../../platform/storage/write.ts';
import { identityTable } from '../core/table-repository.ts';
import { type Session, sessionEntrySchema, sessionSchema } from '../model.ts';

const LIST = 'SESSIONS#';
export const sessionListKey = (userId: string): string => LIST + userId;

export const sessions = defineEntity({
  table: 'identity',
  name: 'identity.session',
  key: ({ id }: Pick<Session, 'id'>) => ({ pk: `SESSION#${id}`, sk: 'SESSION' }),
  schema: sessionSchema,
  indexes: { attributes: [], of: ({ expiresAt }) => ({ expiresAtSec: epochSec(expiresAt) + 24 * 3600 }) },
});

export const findSession = (rt: Runtime, sessionId: string): Promise<Session | undefined> =>
  sessions.find(rt, { id: sessionId });

/** The list of a user's sessions: what stands in it may have ended since. */
export const sessionEntries = defineEntity({
  table: 'identity',
  name: 'identity.session-entry',
  key: ({ userId, sessionId }: { readonly userId: string; readonly sessionId: string }) => ({
    pk: sessionListKey(userId),
    sk: sessionId,
  }),
  schema: sessionEntrySchema,
  inKey: {
    attributes: ['userId', 'sessionId'],
    read: ({ pk, sk }) => ({ userId: pk.slice(LIST.length), sessionId: sk }),
  },
});

const entryWrites = (rt: Runtime, { id, userId, listedUntil }: Session): Write[] =>
  listedUntil === undefined
    ? []
    : [
        sessionEntries.put(
          rt,
          { userId, sessionId: id },
          { expiresAtSec: epochSec(listedUntil) + 24 * 3600 },
        ),
      ];

/** A new session, and its entry in the user's list. */
export const newSessionWrites = (rt: Runtime, session: Session): Write[] => [
  sessions.putNew(rt, session),
  ...entryWrites(rt, session),
];

/**
 * The session in its next generation; fails when another refresh was first, or the session has ended. Its entry in the user's list
 * is written again once a month.
 */
export const rotateWrites = (rt: Runtime, before: Session, after: Session): Write[] => [
  {
    Put: {
      TableName: identityTable(rt),
      Item: sessions.toItem(after),
      ConditionExpression: 'generation = :generation AND attribute_not_exists(ended)',
      ExpressionAttributeValues: { ':generation': before.generation },
    },
  },
  ...(after.listedUntil === before.listedUntil ? [] : entryWrites(rt, after)),
];

/** One page of a user's sessions, the newest first, those that have ended or expired among them. */
export const listSessions = async (
  rt: Runtime,
  userId: string,
  { limit, after }: { readonly limit: number; readonly after?: Item | undefined },
): Promise<ItemPage<Session>> => {
  const page = await sessionEntries.page(rt, {
    pk: sessionListKey(userId),
    limit,
    descending: true,
    ...(after && { after }),
  });
  const found = await sessions.listByKeys(
    rt,
    page.items.map(({ sessionId }) => ({ id: sessionId })),
  );
  return { ...page, ...found, items: found.items.toSorted((a, b) => (a.id < b.id ? 1 : -1)) };
};

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
