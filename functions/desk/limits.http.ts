import { limitSettings } from '../../lib/desk/catalogue.ts';
import { getDesk } from '../../lib/desk/core/desk-repository.ts';
import { limitsEvent } from '../../lib/desk/events.ts';
import { deskIdSchema } from '../../lib/desk/model.ts';
import { settingsEndpoints } from '../../lib/platform/http/settings-endpoints.ts';

export const {
  read: getLimitsRoute,
  change: patchLimitsRoute,
  history: listLimitsHistoryRoute,
} = settingsEndpoints(limitSettings, {
  path: '/v1/limits',
  tag: 'limits',
  viewId: 'Limits',
  summaries: {
    read: 'Get limits, global or of a desk',
    change: 'Update limits, global or of a desk',
    history: 'List changes of limits, newest first',
  },
  description:
    "Takes effect at once. Null removes a desk's own value. Lowering a cap takes no ticket away. A change that would put the " +
    'urgent cap above the cap on any desk is refused and names the desk.',
  scope: {
    field: 'deskId',
    schema: deskIdSchema,
    mustExist: getDesk,
    problems: { 'desk-not-found': 'missing' },
  },
  also: async (_, { scopeId: deskId, version, values }) => ({
    events: [limitsEvent({ deskId, version, values })],
  }),
  example: { values: { maxTicketsPerExecutor: 6 } },
});
