import { limitsHistory, listLimitsHistory as listStoredHistory } from '../../lib/desk/repository/limits.ts';
import { limitsHistoryView, toLimitsHistoryView } from '../../lib/desk/settings/limits-view.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';
import { pageOf, pageQuery } from '../../lib/platform/http/pagination.ts';
import { pageAnswer, startAfter } from '../../lib/platform/http/stored-list.ts';

export const listLimitsHistory = onHttp(
  {
    method: 'GET',
    path: '/v1/limits/history',
    summary: 'Changes of limits, newest first',
    tag: 'limits',
    access: ['manager'],
    query: pageQuery,
    answers: { 200: pageOf(limitsHistoryView) },
  },
  async ({ rt, query }) => {
    const after = startAfter(limitsHistory, query.cursor);
    const page = await listStoredHistory(rt, { limit: query.limit, after });
    return { status: 200, body: pageAnswer(limitsHistory, page, toLimitsHistoryView) };
  },
);
