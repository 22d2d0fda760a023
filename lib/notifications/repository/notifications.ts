import type { Runtime } from '../../platform/runtime.ts';
import { type Item, type ItemPage, itemsOf } from '../../platform/storage/items.ts';
import type { Write } from '../../platform/storage/write.ts';
import { isTrouble, type Notification, type TroubleState } from '../model.ts';

const items = itemsOf('notifications');

const keyOf = (id: string) => ({ pk: `NOTE#${id}`, sk: 'NOTE' });

/** Keys of the indexes: `byUser` holds what has a person, `byTrouble` only what somebody should look at. */
const toItem = (notification: Notification): Item => {
  const { id, userId, state, createdAt } = notification;
  return {
    ...notification,
    ...keyOf(id),
    place: `${createdAt}#${id}`,
    ...(userId !== undefined && { ofUser: userId }),
    ...(isTrouble(state) && { trouble: state }),
  };
};

const fromItem = ({ pk, sk, place, ofUser, trouble, ...rest }: Item): Notification =>
  rest as unknown as Notification;

export const findNotification = async (rt: Runtime, id: string): Promise<Notification | undefined> => {
  const item = await items.find(rt, keyOf(id));
  return item && fromItem(item);
};

/** A new one. The condition fails when there is one of this key already. */
export const newNotificationWrite = (rt: Runtime, notification: Notification): Write =>
  items.putNew(rt, toItem(notification));

/** The next version of one, over exactly the version that was read. */
export const notificationWrite = (rt: Runtime, after: Notification): Write =>
  items.putVersion(rt, toItem(after), after.version - 1);

/** A list of notifications: one person's, or those in one kind of trouble. */
export type NotificationList =
  | { readonly kind: 'user'; readonly userId: string }
  | { readonly kind: 'trouble'; readonly state: TroubleState };

const partitionOf = (list: NotificationList): readonly [string, string] =>
  list.kind === 'user' ? ['ofUser', list.userId] : ['trouble', list.state];

/** Newest first. `after`: `place` and id of the last one given. */
export const listNotifications = async (
  rt: Runtime,
  query: {
    list: NotificationList;
    limit: number;
    after?: { place: string; id: string } | undefined;
  },
): Promise<{ notifications: Notification[]; next: { place: string; id: string } | undefined }> => {
  const [attribute, value] = partitionOf(query.list);
  const { after } = query;
  const page: ItemPage = await items.list(rt, {
    index: query.list.kind === 'user' ? 'byUser' : 'byTrouble',
    partition: [attribute, value],
    limit: query.limit,
    descending: true,
    ...(after && { after: { ...keyOf(after.id), place: after.place, [attribute]: value } }),
  });
  const { next } = page;
  return {
    notifications: page.items.map(fromItem),
    next: next && { place: String(next.place), id: String(next.pk).slice('NOTE#'.length) },
  };
};
