import * as z from 'zod';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { pageOf, pageQuery } from '../../lib/platform/http/pagination.ts';
import { indexAnswer, indexStart, pageAnswer, startAfter } from '../../lib/platform/http/stored-list.ts';
import {
  inboundList,
  listInbound,
  listOpenWishes,
  openWishes,
} from '../../lib/sms/inbound/inbound-repository.ts';
import { inboundView, toInboundView } from '../../lib/sms/inbound/inbound-view.ts';
import { inboundOf } from '../../lib/sms/inbound/read-inbound.ts';
import { entityIdSchema } from '../../lib/sms/model.ts';

export const listInboundSmsRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/inbound-sms',
    summary: 'List inbound SMS',
    description:
      'Newest first. With `open=true` only likely opt-outs not yet reviewed, oldest first; such a page is filtered after it is read: it may hold fewer than `limit` and still have a next page. Without `entityId` a user sees all, an API key those of its first entity.',
    tag: 'inbound-sms',
    access: ['manager', 'sms:read'],
    query: () =>
      pageQuery().extend({
        entityId: entityIdSchema.optional(),
        open: z.enum(['true']).optional(),
      }),
    answers: { 200: () => pageOf(inboundView()) },
    problems: { 'legal-entity-not-found': 'missing' },
  },
  async ({ rt, caller, query: { open, limit, cursor, ...requested } }) => {
    const entityId = inboundOf(caller, requested.entityId);
    if (open) {
      const page = await listOpenWishes(rt, entityId, { limit, after: startAfter(openWishes, cursor) });
      return { status: 200, body: pageAnswer(openWishes, { ...page, items: page.items }, toInboundView) };
    }
    const list = inboundList(entityId);
    const page = await listInbound(rt, entityId, { limit, after: indexStart(list, cursor) });
    return { status: 200, body: indexAnswer(list, page, toInboundView) };
  },
);
