import { onHttp } from '../../lib/platform/http/on-http.ts';
import { pageOf, pageQuery } from '../../lib/platform/http/pagination.ts';
import { pageAnswer, startAfter } from '../../lib/platform/http/stored-list.ts';
import { entityIdSchema } from '../../lib/sms/model.ts';
import { consentView, toConsentView } from '../../lib/sms/registry/registry-view.ts';
import { consentList, listConsents as listStored } from '../../lib/sms/repository/recipients.ts';

export const listConsents = onHttp(
  {
    method: 'GET',
    path: '/v1/consents',
    summary: 'Consents given to an entity, ended ones too',
    tag: 'consents',
    access: ['manager', 'sms:read'],
    query: pageQuery.extend({ entityId: entityIdSchema.default('own') }),
    answers: { 200: pageOf(consentView) },
  },
  async ({ rt, query }) => {
    const list = consentList(query.entityId);
    const after = startAfter(list, query.cursor);
    const page = await listStored(rt, query.entityId, { limit: query.limit, after });
    return { status: 200, body: pageAnswer(list, page, toConsentView) };
  },
);
