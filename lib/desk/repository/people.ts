import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { KnownPerson } from '../people/person-rules.ts';
import { findItem, findItems, type Item, type Key, putNext } from './table.ts';

const personKey = (userId: string): Key => ({ pk: `PERSON#${userId}`, sk: 'PERSON' });

const fromItem = ({ pk, sk, ...rest }: Item): KnownPerson => rest as unknown as KnownPerson;

export const findPerson = async (rt: Runtime, userId: string): Promise<KnownPerson | undefined> => {
  const item = await findItem(rt, personKey(userId));
  return item && fromItem(item);
};

/** Those of whom identity has told, by id: one request a hundred. */
export const findPeople = async (
  rt: Runtime,
  userIds: readonly (string | undefined)[],
): Promise<ReadonlyMap<string, KnownPerson>> => {
  const ids = [...new Set(userIds.filter((id) => id !== undefined))];
  if (ids.length === 0) return new Map();
  const items = await findItems(rt, ids.map(personKey));
  return new Map(items.map((item) => [String(item.userId), fromItem(item)]));
};

/** The person over what was known of them. */
export const personWrite = (rt: Runtime, before: KnownPerson | undefined, after: KnownPerson): Write =>
  putNext(rt, { ...personKey(after.userId), ...after }, before?.version ?? 0);
