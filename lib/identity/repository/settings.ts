import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import { initialSettings, type SignInSettings } from '../model.ts';
import { findItem, type Item, type Key, putNext } from './table.ts';

export const settingsKey: Key = { pk: 'SETTINGS', sk: 'SIGN-IN' };

export const toSettings = ({ pk: _pk, sk: _sk, ...settings }: Item): SignInSettings => ({
  ...initialSettings,
  ...(settings as unknown as SignInSettings),
});

/** Until somebody edits them, the settings are what we ship. */
export const findSettings = async (rt: Runtime): Promise<SignInSettings> => {
  const item = await findItem(rt, settingsKey);
  return item ? toSettings(item) : initialSettings;
};

export const settingsWrite = (rt: Runtime, before: SignInSettings, after: SignInSettings): Write =>
  putNext(rt, { ...settingsKey, ...after }, before.version);
