import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { pageOf, pageQuery } from '../../lib/platform/http/pagination.ts';
import { indexAnswer, indexStart } from '../../lib/platform/http/stored-list.ts';
import { phonePathSchema } from '../../lib/platform/input/phone.ts';
import { listSms as listStored, smsList } from '../../lib/sms/acceptance/list-sms.ts';
import { smsView, toSmsView } from '../../lib/sms/acceptance/sms-view.ts';
import { entityIdSchema, smsStates } from '../../lib/sms/model.ts';

export const listSms = onHttp(
  {
    method: 'GET',
    path: '/v1/sms',
    summary: 'Messages of an entity, or to a phone, newest first',
    description:
      'Without a phone they are of `entityId`, by default the own entity. A page is filtered after it is read: it may hold fewer than `limit` and still have a next one.',
    tag: 'sms',
    access: ['manager', 'sms:read'],
    query: pageQuery.extend({
      entityId: entityIdSchema.optional(),
      phone: phonePathSchema.optional(),
      state: z.enum(smsStates).optional(),
    }),
    answers: { 200: pageOf(smsView) },
  },
  async ({ rt, query }) => {
    const list = smsList(query);
    const after = indexStart(list, query.cursor);
    const page = await listStored(rt, query, { limit: query.limit, after });
    return { status: 200, body: indexAnswer(list, page, toSmsView) };
  },
);
