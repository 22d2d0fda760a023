import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { findHolidayTable, listPresetVersions, wholePresets } from '../rule-config-history-repository.ts';
import { openRuleConfig } from '../rule-config-repository.ts';
import { presetsInForce } from '../rules/bindings.ts';
import { tableInForce } from '../rules/holiday-tables.ts';
import { type HolidaysView, type PresetView, toHolidaysView, toPresetView } from './registry-view.ts';

/** Every law in the version in force. */
export const listPresetsInForce = async (rt: Runtime): Promise<PresetView[]> => {
  const { config } = await openRuleConfig(rt);
  const whole = await wholePresets(rt, presetsInForce(config.presets, rt.clock.nowMs()));
  return whole.map(toPresetView);
};

/** Every version of a preset, oldest first. Throws `law-preset-not-found`. */
export const getPresetVersions = async (rt: Runtime, code: string): Promise<PresetView[]> => {
  const versions = await listPresetVersions(rt, code);
  if (versions.length > 0) return versions.map(toPresetView);
  throw new AppError('missing', 'law-preset-not-found', 'There is no such law preset.');
};

/** Throws `holidays-not-found`. */
export const getHolidays = async (rt: Runtime, country: string, year: number): Promise<HolidaysView> => {
  const table = await findHolidayTable(rt, country, year);
  if (table) return toHolidaysView(tableInForce(table, rt.clock.nowMs()) ?? table);
  throw new AppError('missing', 'holidays-not-found', 'There is no table of this country and year.');
};
