import { createTemplateVersion } from '../../lib/notifications/versions/create-template-version.ts';
import {
  localeSchema,
  templateContentSchema,
  templateParams,
  templateVersionView,
} from '../../lib/notifications/versions/template-version-view.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const postTemplateVersionRoute = onHttp(
  {
    method: 'POST',
    path: '/v1/notification-templates/{template}/versions',
    summary: 'Create a template version and use it',
    description:
      'Liquid, with the variables that the template lists. It is rendered with the sample first: an unknown variable, a broken tag or a missing link is refused and named. In HTML every value is escaped, tags and attributes come from an allow-list, and addresses lead to the product or to hosts that the deployment lists; {{ link }} must be a whole href or a line of its own. A template with a link is edited by admins, any other by managers. Earlier versions are kept.',
    tag: 'notifications',
    access: ['manager', 'admin'],
    params: templateParams,
    body: () => templateContentSchema.extend({ locale: localeSchema }),
    idempotent: true,
    ifMatch: 'required',
    location: '/v1/notification-templates/{template}',
    answers: { 201: templateVersionView },
    problems: {
      'template-not-found': 'missing',
      'template-admin-only': 'forbidden',
      'template-manager-only': 'forbidden',
      'template-broken': 'unprocessable',
      stale: 'stale',
    },
    example: {
      body: {
        locale: 'en',
        subject: 'You have an answer',
        text: 'Hello! {{ count }} new {{ count | plural: "reply", "replies" }} at {{ product }}.',
        html: '<p>Hello! {{ count }} new {{ count | plural: "reply", "replies" }} at {{ product }}.</p>',
        sms: '{{ product }}: you have an answer.',
      },
    },
  },
  async ({ rt, caller, origin, params, body: { locale, ...content }, ifMatch, idempotency }) => {
    const view = await createTemplateVersion(rt, {
      ...params,
      locale,
      content,
      ifMatch,
      caller,
      origin,
      idempotency,
    });
    return { status: 201, body: view, etag: view.version };
  },
);
