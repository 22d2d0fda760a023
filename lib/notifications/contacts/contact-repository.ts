import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import { itemsOf } from '../../platform/storage/items.ts';
import type { Write } from '../../platform/storage/write.ts';
import { type Contact, contactSchema } from '../model.ts';

/** Of memberships, which are a key and nothing else. */
const items = itemsOf('notifications');

export const contacts = defineEntity({
  table: 'notifications',
  name: 'notifications.contact',
  key: ({ userId }: Pick<Contact, 'userId'>) => ({ pk: `CONTACT#${userId}`, sk: 'CONTACT' }),
  schema: contactSchema,
});

const memberKey = (role: string, userId: string) => ({ pk: `ROLE#${role}`, sk: userId });

/** Roles that are notified as a whole: the lists of their holders are kept. */
const LISTED_ROLES = ['manager', 'admin'] as const;
export type ListedRole = (typeof LISTED_ROLES)[number];

export const findContact = (rt: Runtime, userId: string): Promise<Contact | undefined> =>
  contacts.find(rt, { userId });

/** The contact over the one that was read, and the user's entries in the lists of their roles. */
export const contactWrites = (
  rt: Runtime,
  { before, after }: { before: Contact | undefined; after: Contact },
): Write[] => {
  const membership = LISTED_ROLES.map((role) =>
    after.roles.includes(role) && !after.locked
      ? items.put(rt, { ...memberKey(role, after.userId) })
      : items.remove(rt, memberKey(role, after.userId)),
  );
  return [contacts.next(rt, before, after), ...membership];
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
