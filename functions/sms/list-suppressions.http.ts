import { onHttp } from '../../lib/platform/http/on-http.ts';
import { pageOf, pageQuery } from '../../lib/platform/http/pagination.ts';
import { indexAnswer, indexStart } from '../../lib/platform/http/stored-list.ts';
import { phonePathSchema } from '../../lib/platform/input/phone.ts';
import { suppressionView, toSuppressionView } from '../../lib/sms/registry/registry-view.ts';
import { everyEntitySchema } from '../../lib/sms/registry/schemas.ts';
import { listSuppressions as listStored, suppressionList } from '../../lib/sms/repository/recipients.ts';

export const listSuppressions = onHttp(
  {
    method: 'GET',
    path: '/v1/suppressions',
    summary: 'Suppressions of an entity, or those for all (`*`), or of one phone',
    tag: 'suppressions',
    access: ['manager', 'sms:read'],
    query: pageQuery.extend({
      entityId: everyEntitySchema.default('*'),
      phone: phonePathSchema.optional(),
    }),
    answers: { 200: pageOf(suppressionView) },
  },
  async ({ rt, query }) => {
    const list = suppressionList(query.entityId, query.phone);
    const page = await listStored(rt, query, { limit: query.limit, after: indexStart(list, query.cursor) });
    return { status: 200, body: indexAnswer(list, page, toSuppressionView) };
  },
);
