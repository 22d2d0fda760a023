import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { openBook } from '../repository/book.ts';
import { type HolidaysView, type PresetView, toHolidaysView, toPresetView } from './registry-view.ts';

/** Every version of a preset, oldest first. Throws `law-preset-not-found`. */
export const getPresetVersions = async (rt: Runtime, code: string): Promise<PresetView[]> => {
  const { book } = await openBook(rt);
  const versions = book.presets.filter((preset) => preset.code === code);
  if (versions.length > 0) return versions.map(toPresetView);
  throw new AppError('missing', 'law-preset-not-found', 'There is no such law preset.');
};

/** Throws `holidays-not-found`. */
export const getHolidays = async (rt: Runtime, country: string, year: number): Promise<HolidaysView> => {
  const { book } = await openBook(rt);
  const table = book.holidays.find((each) => each.country === country && each.year === year);
  if (table) return toHolidaysView(table);
  throw new AppError('missing', 'holidays-not-found', 'There is no table of this country and year.');
};
