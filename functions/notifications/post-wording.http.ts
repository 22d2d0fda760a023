import { editWording } from '../../lib/notifications/wordings/edit-wording.ts';
import {
  localeSchema,
  templateParams,
  wordingSchema,
  wordingView,
} from '../../lib/notifications/wordings/wording-view.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const postWording = onHttp(
  {
    method: 'POST',
    path: '/v1/notification-templates/{template}/versions',
    summary: 'Create a template version and use it',
    description:
      'Liquid, with the variables that the template lists. It is rendered with the sample first: an unknown variable, a broken tag or a missing link is refused and named. In HTML every value is escaped, tags and attributes come from an allow-list, and addresses lead to the product or to hosts that the deployment lists; {{ link }} must be a whole href or a line of its own. A template with a link is edited by admins, any other by managers. Earlier versions are kept.',
    tag: 'notifications',
    access: ['manager', 'admin'],
    params: templateParams,
    body: wordingSchema.extend({ locale: localeSchema }),
    idempotent: true,
    ifMatch: 'required',
    location: '/v1/notification-templates/{template}',
    answers: { 201: wordingView },
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
  async ({ rt, caller, origin, params, body: { locale, ...wording }, ifMatch, idempotency }) => {
    const view = await editWording(rt, { ...params, locale, wording, ifMatch, caller, origin, idempotency });
    return { status: 201, body: view, etag: view.version };
  },
);
