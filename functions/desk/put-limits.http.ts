import { editLimits } from '../../lib/desk/settings/edit-limits.ts';
import { limitsChange, limitsView } from '../../lib/desk/settings/limits-view.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const putLimits = onHttp(
  {
    method: 'PUT',
    path: '/v1/limits',
    summary: 'Change limits, globally or of a desk',
    description:
      "In force at once. A setting that is not named stays; null takes a desk's own value away. Lowering a cap takes no " +
      'ticket away. A change that would put the urgent cap above the cap anywhere is refused and names the desk.',
    tag: 'limits',
    access: ['manager'],
    body: limitsChange,
    ifMatch: 'required',
    answers: { 200: limitsView },
    problems: { 'desk-not-found': 'missing', stale: 'stale', 'limits-pair': 'unprocessable' },
    example: { body: { values: { maxTicketsPerExecutor: 6 } } },
  },
  async ({ rt, caller, origin, body, ifMatch }) => {
    const view = await editLimits(rt, { change: body, ifMatch, caller, origin });
    return { status: 200, body: view, etag: view.version };
  },
);
