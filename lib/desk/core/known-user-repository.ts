import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import type { Write } from '../../platform/storage/write.ts';
import { type KnownUser, knownUserSchema } from './known-user.ts';

export const knownUsers = defineEntity({
  table: 'desk',
  name: 'desk.person',
  key: ({ userId }: Pick<KnownUser, 'userId'>) => ({ pk: `PERSON#${userId}`, sk: 'PERSON' }),
  schema: knownUserSchema,
});

export const findKnownUser = (rt: Runtime, userId: string): Promise<KnownUser | undefined> =>
  knownUsers.find(rt, { userId });

/** The users identity has published, by id: one request a hundred. One that cannot be read counts as unknown. */
export const findKnownUsers = async (
  rt: Runtime,
  userIds: readonly (string | undefined)[],
): Promise<ReadonlyMap<string, KnownUser>> => {
  const ids = [...new Set(userIds.filter((id) => id !== undefined))];
  if (ids.length === 0) return new Map();
  const { items } = await knownUsers.listByKeys(
    rt,
    ids.map((userId) => ({ userId })),
  );
  return new Map(items.map((user) => [user.userId, user]));
};

/** Replaces the copy of a user. */
export const knownUserWrite = (rt: Runtime, before: KnownUser | undefined, after: KnownUser): Write =>
  knownUsers.next(rt, before, after);
