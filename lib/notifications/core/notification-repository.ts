import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import type { ItemPage } from '../../platform/storage/items.ts';
import type { Write } from '../../platform/storage/write.ts';
import { isTrouble, type Notification, notificationSchema, type TroubleState } from '../model.ts';

const PK = 'NOTE#';

export const notifications = defineEntity({
  table: 'notifications',
  name: 'notifications.notification',
  key: ({ id }: Pick<Notification, 'id'>) => ({ pk: PK + id, sk: 'NOTE' }),
  schema: notificationSchema,
  indexes: {
    attributes: ['place', 'ofUser', 'trouble'],
    // `byUser` holds what has a user, `byTrouble` only what staff should examine.
    of: ({ id, userId, state, createdAt }) => ({
      place: `${createdAt}#${id}`,
      ...(userId !== undefined && { ofUser: userId }),
      ...(isTrouble(state) && { trouble: state }),
    }),
  },
});

export const findNotification = (rt: Runtime, id: string): Promise<Notification | undefined> =>
  notifications.find(rt, { id });

/** A new one. The condition fails when there is one of this key already. */
export const newNotificationWrite = (rt: Runtime, notification: Notification): Write =>
  notifications.putNew(rt, notification);

/** The next version of one, over exactly the version that was read. */
export const notificationWrite = (rt: Runtime, after: Notification): Write =>
  notifications.next(rt, { version: after.version - 1 }, after);

/** A list of notifications: one user's, or those in one kind of trouble. */
export type NotificationList =
  | { readonly kind: 'user'; readonly userId: string }
  | { readonly kind: 'trouble'; readonly state: TroubleState };

const partitionOf = (list: NotificationList): readonly [string, string] =>
  list.kind === 'user' ? ['ofUser', list.userId] : ['trouble', list.state];

/** Newest first. `after`: `place` and id of the last one returned. */
export const listNotifications = async (
  rt: Runtime,
  query: {
    list: NotificationList;
    limit: number;
    after?: { place: string; id: string } | undefined;
  },
): Promise<ItemPage<Notification, { place: string; id: string }>> => {
  const [attribute, value] = partitionOf(query.list);
  const { after } = query;
  const { next, ...page } = await notifications.list(rt, {
    index: query.list.kind === 'user' ? 'byUser' : 'byTrouble',
    partition: [attribute, value],
    limit: query.limit,
    descending: true,
    ...(after && { after: { ...notifications.key(after), place: after.place, [attribute]: value } }),
  });
  return { ...page, ...(next && { next: { place: String(next.place), id: next.pk.slice(PK.length) } }) };
};
