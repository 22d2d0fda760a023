import { readSettings } from '../../lib/identity/settings/edit-settings.ts';
import { settingsView } from '../../lib/identity/settings/settings-view.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const getSignInSettings = onHttp(
  {
    method: 'GET',
    path: '/v1/sign-in/settings',
    summary: 'Limits of codes, and whose phones may sign in',
    tag: 'sign-in',
    access: ['admin'],
    answers: { 200: settingsView },
  },
  async ({ rt }) => {
    const settings = await readSettings(rt);
    return { status: 200, body: settings, etag: settings.version };
  },
);
