import * as z from 'zod';
import { instant } from '../platform/clock.ts';
import { AppError } from '../platform/errors.ts';
import type { Runtime } from '../platform/runtime.ts';
import { defineEntity } from '../platform/storage/entity.ts';
import { lazily, type ReadBy, storedDay } from '../platform/storage/stored-schema.ts';
import type { Write } from '../platform/storage/write.ts';
import {
  type HolidayDays,
  type HolidayTable,
  type LawPreset,
  type LawRules,
  lawRulesSchema,
  type SmsSettings,
  type SpecialDays,
  smsSettingsSchema,
} from './core/registry-model.ts';
import { holidayWrite, presetWrite } from './rule-config-history-repository.ts';
import { capitalDate, presetsInForce } from './rules/bindings.ts';
import { shippedHolidays } from './rules/holidays.ts';
import { shippedPresets } from './rules/law-presets.ts';

/**
 * What all entities share: settings, laws, holidays. One item, so that a message reads them with everything else, and none of them is
 * ever half new. It is read with every message, so it holds what evaluating needs and no more: of each law the version in force and those
 * to come, of holidays the days. Everything else, and every version there was, is history (`rule-config-history.ts`). Only what
 * somebody edited is stored: the rest ships.
 */
export interface RuleConfig {
  /** 0: nobody edited anything yet. */
  readonly version: number;
  readonly settings: SmsSettings;
  readonly presets: readonly LawRules[];
  readonly holidays: readonly HolidayDays[];
  /** The last version of each law that was ever published. */
  readonly lastVersions: Readonly<Record<string, number>>;
}

/** Days without their names. */
const namelessDays = lazily(() => z.object({ days: z.array(storedDay()), workdays: z.array(storedDay()) }));
type NamelessDays = ReadBy<typeof namelessDays>;

/** What the item holds. */
const editsSchema = lazily(() =>
  z.object({
    version: z.int(),
    settings: smsSettingsSchema().optional(),
    presets: z.array(lawRulesSchema()),
    lastVersions: z.record(z.string(), z.int()),
    holidays: z.array(
      namelessDays().extend({
        country: z.string(),
        year: z.int(),
        from: storedDay().optional(),
        next: namelessDays().extend({ from: storedDay() }).optional(),
      }),
    ),
  }),
);
export type Edits = ReadBy<typeof editsSchema>;
type NamelessTable = Edits['holidays'][number];

export const ruleConfigs = defineEntity({
  table: 'sms',
  name: 'sms.rule-config',
  key: (_: object) => ({ pk: 'BOOK', sk: 'BOOK' }),
  schema: editsSchema,
});

const noEdits: Edits = { version: 0, presets: [], lastVersions: {}, holidays: [] };

/** Wide enough for the widest law we know; narrower laws narrow it. */
export const standardSettings: SmsSettings = { window: { from: '08:00', to: '22:00' }, version: 0 };

const shippedVersions = Object.fromEntries(shippedPresets.map(({ code, version }) => [code, version]));

type Place = Pick<HolidayDays, 'country' | 'year'>;
const same = (a: Place) => (b: Place) => a.country === b.country && a.year === b.year;

const withNames = <Table extends NamelessDays>({ days, ...table }: Table) => ({
  ...table,
  holidays: Object.fromEntries(days.map((day) => [day, ''])),
});

const withoutNames = ({ holidays, workdays }: SpecialDays): NamelessDays => ({
  days: Object.keys(holidays),
  workdays,
});

const namelessTable = ({ country, year, from, next, ...days }: HolidayTable): NamelessTable => ({
  country,
  year,
  ...withoutNames(days),
  ...(from !== undefined && { from }),
  ...(next && { next: { ...withoutNames(next), from: next.from } }),
});

/** The rule configuration with what was edited of it, if anything was. */
export const ruleConfigOf = (edits: Edits = noEdits): RuleConfig => {
  const kept = shippedHolidays.filter((shipped) => !edits.holidays.some(same(shipped)));
  const edited = edits.holidays.map(({ next, ...table }) => ({
    ...withNames(table),
    ...(next && { next: withNames(next) }),
  }));
  return {
    version: edits.version,
    settings: edits.settings ?? standardSettings,
    presets: [...shippedPresets, ...edits.presets],
    lastVersions: { ...shippedVersions, ...edits.lastVersions },
    holidays: [...kept, ...edited],
  };
};

export interface RuleConfigChange {
  readonly settings?: SmsSettings;
  readonly preset?: LawPreset;
  readonly withdrawn?: LawPreset;
  readonly holidays?: HolidayTable;
}

/** The rule configuration as read, and how to write one change of it under its version. */
export interface OpenRuleConfig {
  readonly config: RuleConfig;
  write(change: RuleConfigChange): Write[];
}

/** An item of DynamoDB holds 400 KB; so many stay below it at their longest. */
const [MAX_PRESETS, MAX_TABLES, MAX_SCHEDULED] = [150, 60, 5];

const full = (): AppError =>
  new AppError(
    'unprocessable',
    'too-many-versions',
    'The rules hold no more laws, versions to come or holiday tables.',
  );

const rulesOf = ({ title, source, checkedOn, unconfirmed, ...rules }: LawPreset): LawRules => rules;

/** In force or still to come; what is over is history. */
const pruned = (presets: readonly LawRules[], nowMs: number): LawRules[] => {
  const inForce = new Set(presetsInForce([...shippedPresets, ...presets], nowMs));
  return presets.filter(
    (preset) => inForce.has(preset) || preset.effectiveFrom > capitalDate(preset.country, nowMs),
  );
};

const withPreset = (edits: Edits, preset: LawPreset, nowMs: number): Edits => {
  const presets = pruned([...edits.presets, rulesOf(preset)], nowMs);
  const scheduled = presets.filter(
    ({ code, country, effectiveFrom }) => code === preset.code && effectiveFrom > capitalDate(country, nowMs),
  );
  if (presets.length > MAX_PRESETS || scheduled.length > MAX_SCHEDULED) throw full();
  return { ...edits, presets, lastVersions: { ...edits.lastVersions, [preset.code]: preset.version } };
};

const withoutPreset = (edits: Edits, { code, version }: LawRules): Edits => ({
  ...edits,
  presets: edits.presets.filter((each) => each.code !== code || each.version !== version),
});

const withHolidays = (edits: Edits, table: HolidayTable, nowMs: number): Edits => {
  const oldest = Number(instant(nowMs).slice(0, 4)) - 1;
  const others = edits.holidays.filter((each) => each.year >= oldest && !same(table)(each));
  if (others.length >= MAX_TABLES) throw full();
  return { ...edits, holidays: [...others, namelessTable(table)] };
};

const changed = (edits: Edits, change: RuleConfigChange, nowMs: number): Edits => {
  const { settings, preset, withdrawn, holidays } = change;
  let after: Edits = { ...edits, version: edits.version + 1, ...(settings && { settings }) };
  if (preset) after = withPreset(after, preset, nowMs);
  if (withdrawn) after = withoutPreset(after, withdrawn);
  return holidays ? withHolidays(after, holidays, nowMs) : after;
};

export const openRuleConfig = async (rt: Runtime): Promise<OpenRuleConfig> => {
  const edits = (await ruleConfigs.find(rt, {})) ?? noEdits;
  return {
    config: ruleConfigOf(edits),
    write: (change) => {
      const law = change.preset ?? change.withdrawn;
      return [
        ruleConfigs.next(rt, edits, changed(edits, change, rt.clock.nowMs())),
        ...(law ? [presetWrite(rt, law)] : []),
        ...(change.holidays ? [holidayWrite(rt, change.holidays)] : []),
      ];
    },
  };
};
