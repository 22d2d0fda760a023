import * as z from 'zod';
import { AppError } from '../../platform/errors.ts';
import { decodeCursor, encodeCursor, omittedOf, type Page } from '../../platform/http/pagination.ts';
import type { Runtime } from '../../platform/runtime.ts';
import {
  findNotification,
  listNotifications,
  type NotificationList,
} from '../core/notification-repository.ts';
import { getEmail } from '../emails/email-repository.ts';
import { type Notification, type TroubleState, tokenPlaceholder } from '../model.ts';
import type { RenderedEmail } from '../rendering/render.ts';
import { type NotificationView, toNotificationView } from './notification-view.ts';

const getNotification = async (rt: Runtime, id: string): Promise<Notification> => {
  const found = await findNotification(rt, id);
  if (found) return found;
  throw new AppError('missing', 'notification-not-found', 'There is no such notification.');
};

/** Throws `notification-not-found`. */
export const readNotification = async (rt: Runtime, id: string): Promise<NotificationView> =>
  toNotificationView(await getNotification(rt, id));

/** The words that were sent. The token of its link is kept nowhere, so it is not among them. */
export const readEmail = async (rt: Runtime, id: string): Promise<RenderedEmail> => {
  const { file } = await getNotification(rt, id);
  if (!file) throw new AppError('missing', 'email-not-found', 'This notification is not an e-mail.');
  const { subject, text, html } = await getEmail(rt, file);
  const blank = (words: string): string => words.replaceAll(tokenPlaceholder(id), '…');
  return { subject, text: blank(text), html: blank(html) };
};

interface Search {
  readonly userId?: string | undefined;
  readonly trouble?: TroubleState | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const listOf = ({ userId, trouble }: Search): NotificationList => {
  if (userId !== undefined && trouble === undefined) return { kind: 'user', userId };
  if (trouble !== undefined && userId === undefined) return { kind: 'trouble', state: trouble };
  throw new AppError('invalid', 'invalid-request', 'Name a userId or a kind of trouble, one of them.');
};

const place = z.object({
  place: z.string().regex(/^[\w:.-]+#ntf_[\w-]{1,60}$/),
  id: z.string().regex(/^ntf_[\w-]{1,60}$/),
});

/** One user's notifications, or those in one kind of trouble, newest first. Throws `invalid-cursor`. */
export const readNotifications = async (rt: Runtime, search: Search): Promise<Page<NotificationView>> => {
  const list = listOf(search);
  const name = `notifications:${search.userId ?? ''}:${search.trouble ?? ''}`;
  const { cursor, limit } = search;
  const after = cursor === undefined ? undefined : place.safeParse(decodeCursor(name, cursor));
  if (after?.success === false)
    throw new AppError('invalid', 'invalid-cursor', 'The cursor is not one of this list.');
  const page = await listNotifications(rt, { list, limit, after: after?.data });
  return {
    items: page.items.map(toNotificationView),
    nextCursor: page.next === undefined ? null : encodeCursor(name, page.next),
    ...omittedOf(page),
  };
};
