import * as z from 'zod';
import { auditView, findAudit, MAX_DAYS } from '../../lib/audit/find-audit.ts';
import { instant } from '../../lib/platform/clock.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { pageOf, pageQuery } from '../../lib/platform/http/pagination.ts';

/** Any ISO instant of this century, brought to our fixed form. */
const moment = z.iso
  .datetime({ offset: true })
  .transform((at) => instant(Date.parse(at)))
  .pipe(z.string().regex(/^20\d\d-/, 'must lie in this century'));

const query = pageQuery().extend({
  subject: z
    .string()
    .regex(/^[\w-]{1,40}\/[\w.-]{1,100}$/)
    .optional()
    .meta({ description: 'For example ticket/tkt_….' }),
  actor: z
    .string()
    .regex(/^[\w-]{1,80}$/)
    .optional()
    .meta({ description: 'Id of a user or an API key, or system.' }),
  from: moment.optional().meta({ description: `Inclusive. Default: ${MAX_DAYS} days before to.` }),
  to: moment.optional().meta({ description: 'Exclusive. Default: now.' }),
});

export const getAuditRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/audit',
    summary: 'Search the audit log',
    description: `Newest first: who changed what, when and from where. Without subject or actor the range is at most ${MAX_DAYS} days.`,
    tag: 'audit',
    access: ['manager', 'admin'],
    query,
    answers: { 200: () => pageOf(auditView) },
    problems: { 'invalid-range': 'invalid' },
  },
  async ({ rt, query }) => ({ status: 200, body: await findAudit(rt, query) }),
);
