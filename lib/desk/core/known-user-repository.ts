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

export interface ReadableUsers {
  readonly users: ReadonlyMap<string, KnownUser>;
  /** How many cannot be read; absent for none. */
  readonly omitted?: number;
}

/** The users identity has published, by id: one request a hundred. */
export const readKnownUsers = async (
  rt: Runtime,
  userIds: readonly (string | undefined)[],
): Promise<ReadableUsers> => {
  const ids = [...new Set(userIds.filter((id) => id !== undefined))];
  if (ids.length === 0) return { users: new Map() };
  const { items, omitted } = await knownUsers.listByKeys(
    rt,
    ids.map((userId) => ({ userId })),
  );
  return { users: new Map(items.map((user) => [user.userId, user])), ...(omitted && { omitted }) };
};

/** As `readKnownUsers`; one that cannot be read counts as unknown. */
export const findKnownUsers = async (
  rt: Runtime,
  userIds: readonly (string | undefined)[],
): Promise<ReadonlyMap<string, KnownUser>> => (await readKnownUsers(rt, userIds)).users;

/** Replaces the copy of a user. */
export const knownUserWrite = (rt: Runtime, before: KnownUser | undefined, after: KnownUser): Write =>
  knownUsers.next(rt, before, after);
