import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { pageOf, pageQuery } from '../../lib/platform/http/pagination.ts';
import { indexAnswer, indexStart } from '../../lib/platform/http/stored-list.ts';
import { phonePathSchema } from '../../lib/platform/input/phone.ts';
import { listFor, listSms, smsList } from '../../lib/sms/acceptance/list-sms.ts';
import { smsView, toSmsView } from '../../lib/sms/acceptance/sms-view.ts';
import { entityIdSchema, smsStates } from '../../lib/sms/model.ts';

export const listSmsRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/sms',
    summary: 'List SMS of a legal entity or to a phone',
    description:
      'Newest first. Without a phone they are those of `entityId`, by default the own entity, for an API key its first. A page is filtered after it is read: it may hold fewer than `limit` and still have a next page.',
    tag: 'sms',
    access: ['manager', 'sms:read'],
    query: () =>
      pageQuery().extend({
        entityId: entityIdSchema.optional(),
        phone: phonePathSchema.optional(),
        state: z.enum(smsStates).optional(),
      }),
    answers: { 200: () => pageOf(smsView()) },
    problems: { 'legal-entity-not-found': 'missing' },
  },
  async ({ rt, caller, query: { limit, cursor, ...requested } }) => {
    const filter = listFor(caller, requested);
    const list = smsList(filter);
    const page = await listSms(rt, caller, filter, { limit, after: indexStart(list, cursor) });
    return { status: 200, body: indexAnswer(list, page, toSmsView) };
  },
);
