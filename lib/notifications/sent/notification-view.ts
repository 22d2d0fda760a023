import * as z from 'zod';
import { idPattern } from '../../platform/ids.ts';
import { shownEmail } from '../../platform/input/email-address.ts';
import { lazily } from '../../platform/storage/stored-schema.ts';
import { channels, locales, type Notification, notificationStates, templateNames } from '../model.ts';

export const notificationParams = lazily(() =>
  z.strictObject({
    notificationId: z.string().regex(idPattern('ntf')),
  }),
);

export const notificationView = lazily(() =>
  z
    .object({
      notificationId: z.string(),
      key: z
        .string()
        .meta({ description: 'Deduplication key: the same key never creates a second notification.' }),
      template: z.enum(templateNames),
      templateVersion: z.int(),
      locale: z.enum(locales),
      channel: z.enum(channels).nullable().meta({ description: 'null: the user could not be reached.' }),
      state: z.enum(notificationStates),
      reason: z.string().nullable(),
      answer: z.string().nullable().meta({ description: 'Answer of the mail server, without addresses.' }),
      userId: z.string().nullable(),
      email: z.string().nullable(),
      phone: z.string().nullable(),
      attempts: z.int(),
      sha256: z.string().nullable().meta({ description: 'Of the stored e-mail.' }),
      validUntil: z.iso.datetime(),
      createdAt: z.iso.datetime(),
      updatedAt: z.iso.datetime(),
    })
    .meta({ id: 'Notification' }),
);
export type NotificationView = z.infer<ReturnType<typeof notificationView>>;

export const toNotificationView = (notification: Notification): NotificationView => {
  const { id, key, template, templateVersion, locale, state, attempts, file } = notification;
  const { validUntil, createdAt, updatedAt } = notification;
  const { channel = null, reason = null, answer = null } = notification;
  const { userId = null, email = null, phone = null } = notification;
  return {
    ...{ notificationId: id, key, template, templateVersion, locale, channel, state, reason, answer },
    ...{
      userId,
      email: email && shownEmail(email),
      phone,
      attempts,
      sha256: file?.sha256 ?? null,
      validUntil,
      createdAt,
      updatedAt,
    },
  };
};
