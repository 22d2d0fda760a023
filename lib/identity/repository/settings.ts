import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import type { Write } from '../../platform/storage/write.ts';
import { initialSettings, type SignInSettings, signInSettingsSchema } from '../model.ts';

export const signInSettings = defineEntity({
  table: 'identity',
  name: 'identity.sign-in-settings',
  key: (_: object) => ({ pk: 'SETTINGS', sk: 'SIGN-IN' }),
  schema: signInSettingsSchema,
});

/** Until somebody edits them, the settings are what we ship. */
export const findSettings = async (rt: Runtime): Promise<SignInSettings> =>
  (await signInSettings.find(rt, {})) ?? initialSettings;

export const settingsWrite = (rt: Runtime, before: SignInSettings, after: SignInSettings): Write =>
  signInSettings.next(rt, before, after);
