import { limitsEvent } from '../../lib/desk/events.ts';
import { deskIdSchema } from '../../lib/desk/model.ts';
import { getDesk } from '../../lib/desk/repository/desks.ts';
import { limitSettings } from '../../lib/desk/settings/catalogue.ts';
import { settingsEndpoints } from '../../lib/platform/settings/settings-endpoints.ts';

export const {
  read: getLimits,
  change: patchLimits,
  history: listLimitsHistory,
} = settingsEndpoints(limitSettings, {
  path: '/v1/limits',
  tag: 'limits',
  viewId: 'Limits',
  summaries: {
    read: 'Limits in force, globally or on a desk',
    change: 'Change limits, globally or of a desk',
    history: 'Changes of limits, newest first',
  },
  description:
    "In force at once. Null takes a desk's own value away. Lowering a cap takes no ticket away. A change that would put the " +
    'urgent cap above the cap anywhere is refused and names the desk.',
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
