import { historyEndpoint } from '../../lib/platform/http/settings-endpoints.ts';
import { smsSettings } from '../../lib/sms/registry/sms-settings.ts';

export const listSmsSettingsHistoryRoute = historyEndpoint(smsSettings, {
  path: '/v1/sms-settings',
  tag: 'law-presets',
  summaries: { history: 'List changes of SMS settings, newest first' },
  historyReaders: ['admin'],
});
