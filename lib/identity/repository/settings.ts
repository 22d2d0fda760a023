import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import { type CodeLimits, initialSettings, type SignInSettings } from '../model.ts';
import { findItem, type Item, type Key, putNext } from './table.ts';

export const settingsKey: Key = { pk: 'SETTINGS', sk: 'SIGN-IN' };

/** What a stored version does not have yet is as we ship it. */
export const toSettings = ({ pk: _pk, sk: _sk, limits, ...settings }: Item): SignInSettings => ({
  ...initialSettings,
  ...settings,
  limits: { ...initialSettings.limits, ...(limits as Partial<CodeLimits>) },
});

/** Until somebody edits them, the settings are what we ship. */
export const findSettings = async (rt: Runtime): Promise<SignInSettings> => {
  const item = await findItem(rt, settingsKey);
  return item ? toSettings(item) : initialSettings;
};

export const settingsWrite = (rt: Runtime, before: SignInSettings, after: SignInSettings): Write =>
  putNext(rt, { ...settingsKey, ...after }, before.version);
