import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { HolidayTable, LawPreset, LawRules } from '../registry/model.ts';
import { shippedHolidays } from '../rules/holidays.ts';
import { shippedPresets } from '../rules/law-presets.ts';
import { findItems, type Item, type Key, put, queryPage } from './table.ts';

/** Every version that was ever published, whole: what people read, and nothing that judging a message reads. */
const lawPk = (code: string): string => `BOOK#LAW#${code}`;
const tablePk = (country: string, year: number): string => `BOOK#HOLIDAYS#${country}#${year}`;
const versionSk = (version: number): string => `V#${String(version).padStart(6, '0')}`;
/** More than anybody reads at once; the newest of them. */
const MAX_SHOWN = 200;

const presetKey = ({ code, version }: Pick<LawRules, 'code' | 'version'>): Key => ({
  pk: lawPk(code),
  sk: versionSk(version),
});

const presetFromItem = ({ pk, sk, ...preset }: Item): LawPreset => preset as Item as unknown as LawPreset;

/** Only the writer of the book, fenced by its version, gets here. */
export const presetWrite = (rt: Runtime, preset: LawPreset): Write =>
  put(rt, { ...presetKey(preset), ...preset });

/** Every version of a law, oldest first; of those that somebody published the newest 200. */
export const listPresetVersions = async (rt: Runtime, code: string): Promise<LawPreset[]> => {
  const page = await queryPage(rt, { pk: lawPk(code), limit: MAX_SHOWN, descending: true });
  const shipped = shippedPresets.filter((preset) => preset.code === code);
  return [...shipped, ...page.items.map(presetFromItem).toReversed()];
};

/** The same laws, whole. */
export const wholePresets = async (rt: Runtime, laws: readonly LawRules[]): Promise<LawPreset[]> => {
  const isShipped = (law: LawRules) => (each: LawPreset) =>
    each.code === law.code && each.version === law.version;
  const edited = laws.filter((law) => !shippedPresets.some(isShipped(law)));
  const stored = (await findItems(rt, edited.map(presetKey))).map(presetFromItem);
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
  const { pk, sk, ...table } = item;
  return table as Item as unknown as HolidayTable;
};

export const holidayWrite = (rt: Runtime, table: HolidayTable): Write =>
  put(rt, { pk: tablePk(table.country, table.year), sk: versionSk(table.version), ...table });
