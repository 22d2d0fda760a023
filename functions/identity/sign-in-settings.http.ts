import { signInSettings } from '../../lib/identity/settings/catalogue.ts';
import { mustActAsAdmin } from '../../lib/identity/users/acting-admin.ts';
import { adminsKeepCodes } from '../../lib/identity/users/keep-admins.ts';
import { settingsEndpoints } from '../../lib/platform/http/settings-endpoints.ts';

export const {
  read: getSignInSettingsRoute,
  change: patchSignInSettingsRoute,
  history: listSignInSettingsHistoryRoute,
} = settingsEndpoints(signInSettings, {
  path: '/v1/sign-in/settings',
  tag: 'sign-in',
  viewId: 'SignInSettings',
  summaries: {
    read: 'Get sign-in settings',
    change: 'Update sign-in settings',
    history: 'List changes of sign-in settings, newest first',
  },
  description:
    'Takes effect at once. dialCodeBudgets and countries replace the whole value. A change that would leave no admin able to receive a code is refused.',
  also: async (rt, { inForce }, by) => {
    await mustActAsAdmin(rt, by);
    return { writes: await adminsKeepCodes(rt, inForce) };
  },
  problems: { 'admins-without-codes': 'unprocessable' },
  example: { limits: { codesPerDialCodeDay: 5000 }, dialCodeBudgets: { '7': 20000 } },
});
