import { onHttp } from '../../lib/platform/http/on-http.ts';
import { pageOf, pageQuery } from '../../lib/platform/http/pagination.ts';
import { pageAnswer, startAfter } from '../../lib/platform/http/stored-list.ts';
import { consentList, listConsents } from '../../lib/sms/core/recipient-repository.ts';
import { defaultEntity, mustSeeEntity } from '../../lib/sms/key-access.ts';
import { entityIdSchema } from '../../lib/sms/model.ts';
import { consentView, toConsentView } from '../../lib/sms/registry/registry-view.ts';

export const listConsentsRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/consents',
    summary: 'List consents of a legal entity',
    description: 'Including those withdrawn.',
    tag: 'consents',
    access: ['manager', 'sms:read'],
    query: () =>
      pageQuery().extend({
        entityId: entityIdSchema
          .optional()
          .meta({ description: 'Left out: the own entity, for a machine’s key its first.' }),
      }),
    answers: { 200: () => pageOf(consentView()) },
    problems: { 'legal-entity-not-found': 'missing' },
  },
  async ({ rt, caller, query }) => {
    const entityId = query.entityId ?? defaultEntity(caller);
    mustSeeEntity(caller, entityId);
    const list = consentList(entityId);
    const after = startAfter(list, query.cursor);
    const page = await listConsents(rt, entityId, { limit: query.limit, after });
    return { status: 200, body: pageAnswer(list, page, toConsentView) };
  },
);
