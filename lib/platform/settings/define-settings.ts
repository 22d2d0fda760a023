import * as z from 'zod';
import type { Instant } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';

/** Who may change it: `service` a manager, `security` an admin, `money` two persons (threats, "Settings"). */
export type SettingGroup = 'service' | 'security' | 'money';

/** As it lies in the store. */
type Stored = Readonly<Record<string, unknown>>;

/** A whole number. */
export interface NumberSetting {
  readonly unit: 'count' | 'seconds' | 'minutes' | 'percent';
  /** Floor and ceiling, both allowed. */
  readonly min: number;
  readonly max: number;
  readonly initial: number;
  readonly description: string;
  /** Where it differs from that of the set. */
  readonly group?: SettingGroup;
}

const numberIn =
  (unit: NumberSetting['unit']) =>
  (
    [min, initial, max]: readonly [floor: number, initial: number, ceiling: number],
    description: string,
    group?: SettingGroup,
  ): NumberSetting => ({ unit, min, initial, max, description, ...(group && { group }) });

/** A number in a unit by its floor, its default and its ceiling: `seconds([5, 60, 900], 'How long a lock lasts.')`. */
export const [count, seconds, minutes, percent] = [
  numberIn('count'),
  numberIn('seconds'),
  numberIn('minutes'),
  numberIn('percent'),
];

/** Anything else, replaced whole. */
export interface OtherSetting<T = unknown> {
  readonly schema: z.ZodType<T>;
  readonly initial: T;
  readonly group?: SettingGroup;
}

export type Declared = Readonly<Record<string, NumberSetting | OtherSetting>>;

export type ValuesOf<D extends Declared> = {
  readonly [Name in keyof D]: D[Name] extends { readonly schema: z.ZodType<infer T> } ? T : number;
};

/** The values of everybody. `version` numbers the newest change of them, `sequence` the newest change of any scope. */
export interface GlobalSettings<V> {
  readonly version: number;
  readonly sequence: number;
  /** Of the newest change of any scope. */
  readonly changedAt?: Instant | undefined;
  readonly values: V;
}

/** What one scope (a desk, an entity) has set itself. */
export interface OwnSettings<V> {
  readonly version: number;
  readonly values: Partial<V>;
}

export interface SettingsDeclaration<D extends Declared> {
  /** Stands in keys, audit entries and problems: `limits`. */
  readonly name: string;
  /** The module whose table holds them. */
  readonly table: string;
  readonly group: SettingGroup;
  readonly settings: D;
  /** The property of views and bodies that holds the numbers; `values` by default. */
  readonly numbersAs?: string;
  /** `[low, high]`: the first is never above the second, in force anywhere. */
  readonly pairs?: readonly (readonly [low: keyof D & string, high: keyof D & string])[];
}

export interface Settings<V> {
  readonly name: string;
  readonly table: string;
  readonly group: SettingGroup;
  readonly settings: Declared;
  readonly names: readonly string[];
  readonly numbersAs: string;
  readonly pairs: readonly (readonly [low: string, high: string])[];
  /** As we ship them. */
  readonly initial: GlobalSettings<V>;
  /** The item of everybody's values, or of a scope's own: however many scopes there are, no item grows. */
  readonly key: (scopeId?: string) => { readonly pk: string; readonly sk: string };
  /** Both throw `stored-shape-unknown` on a value of another kind than declared, counted in the log. */
  readonly toGlobal: (item: Stored | undefined, log?: Log) => GlobalSettings<V>;
  readonly toOwn: (item: Stored | undefined, log?: Log) => OwnSettings<V>;
}

export const isNumber = (setting: NumberSetting | OtherSetting): setting is NumberSetting =>
  'unit' in setting;

/** Schema of a number's values; its default is in the description. */
export const numberSchema = ({ min, max, initial, description }: NumberSetting): z.ZodInt =>
  z
    .int()
    .min(min)
    .max(max)
    .meta({ description: `${description} ${initial} unless changed.` });

/** Of stored values. A range that was narrowed later does not make them unreadable; a name that is gone is left out. */
const storedValues = (name: string, settings: Declared) => {
  let made: z.ZodType<Record<string, unknown>> | undefined;
  return (item: Stored, log: Log | undefined): Record<string, unknown> => {
    made ??= z.object(
      Object.fromEntries(
        Object.entries(settings).map(([each, setting]) => [
          each,
          (isNumber(setting) ? z.number() : setting.schema).optional(),
        ]),
      ),
    );
    const read = made.safeParse(item.values);
    if (read.success) return read.data;
    const why = read.error.issues.map(({ path, code }) => `${String(path[0])} (${code})`).join(', ');
    log?.metric('StoredShapeRefused', 1, { entity: `settings.${name}`, why });
    throw new AppError(
      'unavailable',
      'stored-shape-unknown',
      `The stored ${name} are not as declared: ${why}.`,
    );
  };
};

export const noOwnSettings = { version: 0, values: {} } as const;

/** What is in force: the scope's own value where it has one, else everybody's. */
export const inForce = <V>(
  global: GlobalSettings<V>,
  own: OwnSettings<V> = noOwnSettings,
): V & { readonly version: number } => ({
  ...global.values,
  ...own.values,
  version: Math.max(global.version, own.version),
});

/**
 * Declares a set of settings. Checks, views, endpoints (`settingsEndpoints`), versions, history and audit entries follow from it.
 *
 *     export const jobSettings = defineSettings({
 *       name: 'job-settings',
 *       table: 'jobs',
 *       group: 'service',
 *       settings: { graceMin: minutes([0, 15, 120], 'Minutes a worker may be late.') },
 *     });
 *
 * Until somebody changes one it is what we ship, and so is whatever a stored version does not know yet.
 */
export const defineSettings = <const D extends Declared>(
  declared: SettingsDeclaration<D>,
): Omit<Settings<ValuesOf<D>>, 'settings'> & { readonly settings: D } => {
  type V = ValuesOf<D>;
  const { name, settings, numbersAs = 'values', pairs = [] } = declared;
  const names = Object.keys(settings);
  const valuesOf = storedValues(name, settings);
  const initial: GlobalSettings<V> = {
    version: 0,
    sequence: 0,
    values: Object.fromEntries(names.map((each) => [each, settings[each]?.initial])) as V,
  };
  return {
    ...declared,
    numbersAs,
    pairs,
    names,
    initial,
    key: (scopeId) => ({
      pk: scopeId === undefined ? `SETTINGS#${name}` : `SETTINGS#${name}#${scopeId}`,
      sk: 'CURRENT',
    }),
    toGlobal: (item, log) =>
      item
        ? {
            version: Number(item.valuesVersion),
            sequence: Number(item.version),
            changedAt: item.changedAt === undefined ? undefined : String(item.changedAt),
            values: { ...initial.values, ...valuesOf(item, log) },
          }
        : initial,
    toOwn: (item, log) =>
      item ? { version: Number(item.version), values: valuesOf(item, log) as Partial<V> } : noOwnSettings,
  };
};
