// @pure

import { instant } from '../../platform/clock.ts';
import type { SmsSettings } from '../core/registry-model.ts';

/** The settings as they are in force: a looser window that was scheduled has replaced the one before. */
export const settingsInForce = (settings: SmsSettings, nowMs: number): SmsSettings => {
  const { next, version } = settings;
  return next && next.from <= instant(nowMs).slice(0, 10) ? { window: next.window, version } : settings;
};
