import { onHttp } from '../../lib/platform/http/on-http.ts';
import { pageOf, pageQuery } from '../../lib/platform/http/pagination.ts';
import { indexAnswer, indexStart } from '../../lib/platform/http/stored-list.ts';
import { phonePathSchema } from '../../lib/platform/input/phone.ts';
import { EVERYBODY, listSuppressions, suppressionList } from '../../lib/sms/core/recipient-repository.ts';
import { defaultEntity, mustSeeEntity, seesEntity } from '../../lib/sms/key-access.ts';
import { suppressionView, toSuppressionView } from '../../lib/sms/registry/registry-view.ts';
import { everyEntitySchema } from '../../lib/sms/registry/schemas.ts';

export const listSuppressionsRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/suppressions',
    summary: 'List suppressions of a legal entity or a phone',
    description: '`*` stands for suppressions that apply to all legal entities.',
    tag: 'suppressions',
    access: ['manager', 'sms:read'],
    query: () =>
      pageQuery().extend({
        entityId: everyEntitySchema
          .optional()
          .meta({ description: 'Left out: `*`, those for all; for a machine’s key, its first entity.' }),
        phone: phonePathSchema.optional(),
      }),
    answers: { 200: () => pageOf(suppressionView()) },
    problems: { 'legal-entity-not-found': 'missing' },
  },
  async ({ rt, caller, query: { limit, cursor, entityId: requested, phone } }) => {
    const entityId = requested ?? (caller.binding ? defaultEntity(caller) : EVERYBODY);
    mustSeeEntity(caller, entityId);
    const list = suppressionList(entityId, phone);
    const page = await listSuppressions(rt, { entityId, phone }, { limit, after: indexStart(list, cursor) });
    // Those of a phone for all bind a key's messages as well, so it sees them.
    const items = page.items.filter(
      (each) => each.entityId === EVERYBODY || seesEntity(caller, each.entityId),
    );
    return { status: 200, body: indexAnswer(list, { ...page, items }, toSuppressionView) };
  },
);
