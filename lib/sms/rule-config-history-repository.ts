import type { Runtime } from '../platform/runtime.ts';
import { defineEntity } from '../platform/storage/entity.ts';
import type { Write } from '../platform/storage/write.ts';
import {
  type HolidayTable,
  holidayTableSchema,
  type LawPreset,
  type LawRules,
  lawPresetSchema,
} from './core/registry-model.ts';
import { queryPage } from './core/table.ts';
import { shippedHolidays } from './rules/holidays.ts';
import { shippedPresets } from './rules/law-presets.ts';

/** Every version that was ever published, whole: what people read, and nothing that evaluating a message reads. */
const lawPk = (code: string): string => `BOOK#LAW#${code}`;
const tablePk = (country: string, year: number): string => `BOOK#HOLIDAYS#${country}#${year}`;
const versionSk = (version: number): string => `V#${String(version).padStart(6, '0')}`;
/** More than anybody reads at once; the newest of them. */
const MAX_SHOWN = 200;

export const presetVersions = defineEntity({
  table: 'sms',
  name: 'sms.law-preset-version',
  key: ({ code, version }: Pick<LawRules, 'code' | 'version'>) => ({
    pk: lawPk(code),
    sk: versionSk(version),
  }),
  schema: lawPresetSchema,
});

export const holidayVersions = defineEntity({
  table: 'sms',
  name: 'sms.holiday-table-version',
  key: ({ country, year, version }: Pick<HolidayTable, 'country' | 'year' | 'version'>) => ({
    pk: tablePk(country, year),
    sk: versionSk(version),
  }),
  schema: holidayTableSchema,
});

/** Only the writer of the rule configuration, fenced by its version, gets here. */
export const presetWrite = (rt: Runtime, preset: LawPreset): Write => presetVersions.put(rt, preset);

/** Every version of a law, oldest first; of those that somebody published the newest 200. */
export const listPresetVersions = async (rt: Runtime, code: string): Promise<LawPreset[]> => {
  const page = await queryPage(rt, { pk: lawPk(code), limit: MAX_SHOWN, descending: true });
  const shipped = shippedPresets.filter((preset) => preset.code === code);
  return [...shipped, ...presetVersions.parseAll(rt, page.items).toReversed()];
};

/** The same laws, whole. */
export const wholePresets = async (rt: Runtime, laws: readonly LawRules[]): Promise<LawPreset[]> => {
  const isShipped = (law: LawRules) => (each: LawPreset) =>
    each.code === law.code && each.version === law.version;
  const edited = laws.filter((law) => !shippedPresets.some(isShipped(law)));
  const stored = await presetVersions.findAll(rt, edited);
  return laws.flatMap((law) => [...shippedPresets, ...stored].find(isShipped(law)) ?? []);
};

/** The holidays of a country and year as they are now, with names and source. */
export const findHolidayTable = async (
  rt: Runtime,
  country: string,
  year: number,
): Promise<HolidayTable | undefined> => {
  const page = await queryPage(rt, { pk: tablePk(country, year), limit: 1, descending: true });
  const [item] = page.items;
  if (!item) return shippedHolidays.find((each) => each.country === country && each.year === year);
  return holidayVersions.parse(rt, item);
};

export const holidayWrite = (rt: Runtime, table: HolidayTable): Write => holidayVersions.put(rt, table);
