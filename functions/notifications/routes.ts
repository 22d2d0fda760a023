import { httpHandler } from '../../lib/platform/http/on-http.ts';
import { getEmailRoute } from './get-email.http.ts';
import { getNotificationRoute } from './get-notification.http.ts';
import { getTemplateVersionRoute } from './get-template-version.http.ts';
import { listNotificationsRoute } from './list-notifications.http.ts';
import { listTemplateVersionsRoute } from './list-template-versions.http.ts';
import { listTemplatesRoute } from './list-templates.http.ts';
import { postPreviewRoute } from './post-preview.http.ts';
import { postTemplateVersionRoute } from './post-template-version.http.ts';

/** Every HTTP use case of notifications. */
export const endpoints = [
  getEmailRoute,
  getNotificationRoute,
  getTemplateVersionRoute,
  listNotificationsRoute,
  listTemplatesRoute,
  listTemplateVersionsRoute,
  postPreviewRoute,
  postTemplateVersionRoute,
];

export const handler = httpHandler(endpoints);
