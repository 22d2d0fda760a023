import { onHttp } from '../../lib/platform/http/on-http.ts';
import { settingsView, toSettingsView } from '../../lib/sms/registry/registry-view.ts';
import { openRuleConfig } from '../../lib/sms/rule-config-repository.ts';
import { settingsInForce } from '../../lib/sms/rules/settings.ts';

export const getSmsSettingsRoute = onHttp(
  {
    method: 'GET',
    path: '/v1/sms-settings',
    summary: 'Get SMS settings',
    description: 'The standard window of all legal entities.',
    tag: 'law-presets',
    access: ['manager', 'admin', 'sms:read'],
    answers: { 200: settingsView },
  },
  async ({ rt }) => {
    const settings = settingsInForce((await openRuleConfig(rt)).config.settings, rt.clock.nowMs());
    return { status: 200, body: toSettingsView(settings), etag: settings.version };
  },
);
