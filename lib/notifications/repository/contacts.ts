import type { Runtime } from '../../platform/runtime.ts';
import { type Item, itemsOf } from '../../platform/storage/items.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { Contact } from '../model.ts';

const items = itemsOf('notifications');

const keyOf = (userId: string) => ({ pk: `CONTACT#${userId}`, sk: 'CONTACT' });
const memberKey = (role: string, userId: string) => ({ pk: `ROLE#${role}`, sk: userId });

/** Roles whose holders are told things as such: their lists are kept. */
const LISTED_ROLES = ['manager'] as const;
export type ListedRole = (typeof LISTED_ROLES)[number];

const fromItem = ({ pk, sk, ...rest }: Item): Contact => rest as unknown as Contact;

export const findContact = async (rt: Runtime, userId: string): Promise<Contact | undefined> => {
  const item = await items.find(rt, keyOf(userId));
  return item && fromItem(item);
};

/** The contact over the one that was read, and the person's place in the lists of their roles. */
export const contactWrites = (
  rt: Runtime,
  { before, after }: { before: Contact | undefined; after: Contact },
): Write[] => {
  const item: Item = { ...after, ...keyOf(after.userId) };
  const membership = LISTED_ROLES.map((role) =>
    after.roles.includes(role) && !after.locked
      ? items.put(rt, { ...memberKey(role, after.userId) })
      : items.remove(rt, memberKey(role, after.userId)),
  );
  return [before ? items.putVersion(rt, item, before.version) : items.putNew(rt, item), ...membership];
};

/** Ids of those who have a role and are not locked, a page at a time. */
export const listRoleHolders = async (
  rt: Runtime,
  { role, limit, after }: { role: ListedRole; limit: number; after?: string | undefined },
): Promise<{ userIds: string[]; next: string | undefined }> => {
  const page = await items.page(rt, {
    pk: `ROLE#${role}`,
    limit,
    ...(after !== undefined && { after: memberKey(role, after) }),
  });
  return { userIds: page.items.map(({ sk }) => sk), next: page.next?.sk };
};
