import { editSettings } from '../../lib/identity/settings/edit-settings.ts';
import { settingsChange, settingsView } from '../../lib/identity/settings/settings-view.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

export const patchSignInSettings = onHttp(
  {
    method: 'PATCH',
    path: '/v1/sign-in/settings',
    summary: 'Change limits of codes, and whose phones may sign in',
    description:
      'In force at once. What is not named stays; dialCodeBudgets and countries are given whole. One after which no admin could be sent a code is refused.',
    tag: 'sign-in',
    access: ['admin'],
    body: settingsChange,
    ifMatch: 'required',
    answers: { 200: settingsView },
    problems: { stale: 'stale', 'admins-without-codes': 'unprocessable' },
    example: { body: { limits: { codesPerDialCodeDay: 5000 }, dialCodeBudgets: { '7': 20000 } } },
  },
  async ({ rt, caller, origin, body, ifMatch }) => {
    const settings = await editSettings(rt, { change: body, ifMatch, caller, origin });
    return { status: 200, body: settings, etag: settings.version };
  },
);
