import type { Runtime } from '../../platform/runtime.ts';
import { inForce } from '../../platform/settings/define-settings.ts';
import { findItem, type Item, type Key } from '../core/table-repository.ts';
import { type SignInSettings, signInSettings } from './catalogue.ts';

export const settingsKey: Key = signInSettings.key();

export const toSettings = ({ log }: Runtime, item: Item | undefined): SignInSettings =>
  inForce(signInSettings.toGlobal(item, log));

/** Read consistently: in force the moment they are written. */
export const findSettings = async (rt: Runtime): Promise<SignInSettings> =>
  toSettings(rt, await findItem(rt, settingsKey));
