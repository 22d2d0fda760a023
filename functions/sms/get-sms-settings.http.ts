import { onHttp } from '../../lib/platform/http/on-http.ts';
import { settingsView, toSettingsView } from '../../lib/sms/registry/registry-view.ts';
import { openBook } from '../../lib/sms/repository/book.ts';

export const getSmsSettings = onHttp(
  {
    method: 'GET',
    path: '/v1/sms-settings',
    summary: 'The standard window of all entities',
    tag: 'law-presets',
    access: ['manager', 'sms:read'],
    answers: { 200: settingsView },
  },
  async ({ rt }) => {
    const { settings } = (await openBook(rt)).book;
    return { status: 200, body: toSettingsView(settings), etag: settings.version };
  },
);
