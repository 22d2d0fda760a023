import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import type { Write } from '../../platform/storage/write.ts';
import { type KnownPerson, knownPersonSchema } from './known-user.ts';

export const knownPeople = defineEntity({
  table: 'desk',
  name: 'desk.person',
  key: ({ userId }: Pick<KnownPerson, 'userId'>) => ({ pk: `PERSON#${userId}`, sk: 'PERSON' }),
  schema: knownPersonSchema,
});

export const findPerson = (rt: Runtime, userId: string): Promise<KnownPerson | undefined> =>
  knownPeople.find(rt, { userId });

/** Those of whom identity has told, by id: one request a hundred. One that cannot be read is as good as unknown. */
export const findPeople = async (
  rt: Runtime,
  userIds: readonly (string | undefined)[],
): Promise<ReadonlyMap<string, KnownPerson>> => {
  const ids = [...new Set(userIds.filter((id) => id !== undefined))];
  if (ids.length === 0) return new Map();
  const { items } = await knownPeople.listByKeys(
    rt,
    ids.map((userId) => ({ userId })),
  );
  return new Map(items.map((person) => [person.userId, person]));
};

/** The person over what was known of them. */
export const personWrite = (rt: Runtime, before: KnownPerson | undefined, after: KnownPerson): Write =>
  knownPeople.next(rt, before, after);
