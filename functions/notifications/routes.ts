import { httpHandler } from '../../lib/platform/http/on-http.ts';
import { getLetter } from './get-letter.http.ts';
import { getNotification } from './get-notification.http.ts';
import { getWording } from './get-wording.http.ts';
import { listNotifications } from './list-notifications.http.ts';
import { listTemplates } from './list-templates.http.ts';
import { listWordings } from './list-wordings.http.ts';
import { postPreview } from './post-preview.http.ts';
import { postWording } from './post-wording.http.ts';

/** Every HTTP use case of notifications. */
export const endpoints = [
  getLetter,
  getNotification,
  getWording,
  listNotifications,
  listTemplates,
  listWordings,
  postPreview,
  postWording,
];

export const handler = httpHandler(endpoints);
