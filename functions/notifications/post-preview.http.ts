import * as z from 'zod';
import { previewTemplate } from '../../lib/notifications/versions/preview-template.ts';
import {
  localeSchema,
  templateContentSchema,
  templateParams,
} from '../../lib/notifications/versions/template-version-view.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const postPreviewRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/notification-templates/{template}/preview',
    summary: 'Preview a template version',
    description: 'Renders without sending. Without a text: the version in use. Without data: the sample.',
    tag: 'notifications',
    access: ['manager', 'admin'],
    params: templateParams,
    body: () =>
      z.strictObject({
        locale: localeSchema,
        content: templateContentSchema.optional(),
        data: z.record(z.string(), z.unknown()).optional(),
      }),
    answers: {
      200: () =>
        z.object({ subject: z.string(), text: z.string(), html: z.string(), sms: z.string().optional() }),
    },
    problems: {
      'template-not-found': 'missing',
      'template-broken': 'unprocessable',
      'template-data': 'unprocessable',
    },
    example: { body: { locale: 'ru' } },
  },
  async ({ rt, params, body }) => ({ status: 200, body: await previewTemplate(rt, { ...params, ...body }) }),
);
