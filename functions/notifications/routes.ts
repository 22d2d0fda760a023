import { httpHandler } from '../../lib/platform/http/on-http.ts';
import { getLetter } from './get-letter.http.ts';
import { getNotification } from './get-notification.http.ts';
import { getTemplateVersion } from './get-template-version.http.ts';
import { listNotifications } from './list-notifications.http.ts';
import { listTemplateVersions } from './list-template-versions.http.ts';
import { listTemplates } from './list-templates.http.ts';
import { postPreview } from './post-preview.http.ts';
import { postTemplateVersion } from './post-template-version.http.ts';

/** Every HTTP use case of notifications. */
export const endpoints = [
  getLetter,
  getNotification,
  getTemplateVersion,
  listNotifications,
  listTemplates,
  listTemplateVersions,
  postPreview,
  postTemplateVersion,
];

export const handler = httpHandler(endpoints);
