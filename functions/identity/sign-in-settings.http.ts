import { signInSettings } from '../../lib/identity/settings/catalogue.ts';
import { adminsKeepCodes } from '../../lib/identity/settings/keep-admins.ts';
import { mustActAsAdmin } from '../../lib/identity/staff/acting-admin.ts';
import { settingsEndpoints } from '../../lib/platform/settings/settings-endpoints.ts';

export const {
  read: getSignInSettings,
  change: patchSignInSettings,
  history: listSignInSettingsHistory,
} = settingsEndpoints(signInSettings, {
  path: '/v1/sign-in/settings',
  tag: 'sign-in',
  viewId: 'SignInSettings',
  summaries: {
    read: 'Limits of codes, and whose phones may sign in',
    change: 'Change limits of codes, and whose phones may sign in',
    history: 'Changes of the settings of sign-in, newest first',
  },
  description:
    'In force at once. dialCodeBudgets and countries are given whole. A change after which no admin could be sent a code is refused.',
  also: async (rt, { inForce }, by) => {
    await mustActAsAdmin(rt, by);
    return { writes: await adminsKeepCodes(rt, inForce) };
  },
  problems: { 'admins-without-codes': 'unprocessable' },
  example: { limits: { codesPerDialCodeDay: 5000 }, dialCodeBudgets: { '7': 20000 } },
});
