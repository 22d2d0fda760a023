import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { HolidayTable, LawPreset, SmsSettings } from '../registry/model.ts';
import { shippedHolidays } from '../rules/holidays.ts';
import { shippedPresets } from '../rules/law-presets.ts';
import { findItem, type Item, type Key, putNew, putVersion } from './table.ts';

/**
 * What all entities share: settings, versions of presets, holiday tables. One item, so that a message reads them with
 * everything else, and none of them is ever half new. Only what somebody edited is stored: the rest ships.
 */
export interface Book {
  /** 0: nobody edited anything yet. */
  readonly version: number;
  readonly settings: SmsSettings;
  /** Every version of every preset, oldest first. */
  readonly presets: readonly LawPreset[];
  readonly holidays: readonly HolidayTable[];
}

/** What the item holds. */
interface Edits {
  readonly version: number;
  readonly settings?: SmsSettings;
  readonly presets: readonly LawPreset[];
  readonly holidays: readonly HolidayTable[];
}

export const bookKey: Key = { pk: 'BOOK', sk: 'BOOK' };

/** Wide enough for the widest law we know; narrower laws narrow it. */
export const standardSettings: SmsSettings = { window: { from: '08:00', to: '22:00' }, version: 0 };

const editsOf = (item: Item | undefined): Edits => ({
  version: Number(item?.version ?? 0),
  presets: (item?.presets ?? []) as LawPreset[],
  holidays: (item?.holidays ?? []) as HolidayTable[],
  ...(item?.settings !== undefined && { settings: item.settings as SmsSettings }),
});

const same = (a: HolidayTable) => (b: HolidayTable) => a.country === b.country && a.year === b.year;

export const bookFromItem = (item: Item | undefined): Book => {
  const edits = editsOf(item);
  const kept = shippedHolidays.filter((shipped) => !edits.holidays.some(same(shipped)));
  return {
    version: edits.version,
    settings: edits.settings ?? standardSettings,
    presets: [...shippedPresets, ...edits.presets],
    holidays: [...kept, ...edits.holidays],
  };
};

export interface BookChange {
  readonly settings?: SmsSettings;
  readonly preset?: LawPreset;
  readonly holidays?: HolidayTable;
}

/** The book as read, and how to write one change of it under its version. */
export interface OpenBook {
  readonly book: Book;
  write(change: BookChange): Write;
}

/** An item of DynamoDB holds 400 KB; this many stay far below it and are read with every message. */
const MAX_EDITS = 200;

const changed = (edits: Edits, change: BookChange): Edits => {
  const table = change.holidays;
  const holidays = table ? [...edits.holidays.filter((each) => !same(table)(each)), table] : edits.holidays;
  const presets = change.preset ? [...edits.presets, change.preset] : edits.presets;
  if (holidays.length + presets.length > MAX_EDITS) {
    throw new AppError('unprocessable', 'too-many-versions', `The rules hold ${MAX_EDITS} edits at most.`);
  }
  const settings = change.settings ?? edits.settings;
  return { version: edits.version + 1, presets, holidays, ...(settings && { settings }) };
};

export const openBook = async (rt: Runtime): Promise<OpenBook> => {
  const stored = await findItem(rt, bookKey);
  const edits = editsOf(stored);
  return {
    book: bookFromItem(stored),
    write: (change) => {
      const item: Item = { ...bookKey, ...changed(edits, change) };
      return edits.version === 0 ? putNew(rt, item) : putVersion(rt, item, edits.version);
    },
  };
};
