import * as z from 'zod';
import { inForce, isNumber, numberSchema, type Settings } from './define-settings.ts';
import type { SettingsChange } from './settings-change.ts';
import type { Scopes, SettingsRecord } from './settings-repository.ts';

/** A scope as callers name it: `deskId`, and the schema of its ids. */
export interface ScopeName {
  readonly field: string;
  readonly schema: z.ZodType<string>;
}

type Shown = Pick<Settings<unknown>, 'name' | 'settings' | 'numbersAs'>;
type Fields = Readonly<Record<string, unknown>>;

/** Schemas of the numbers, or of everything else. */
const schemasOf = ({ settings }: Shown, numbers: boolean): [string, z.ZodType][] =>
  Object.entries(settings)
    .filter(([, setting]) => isNumber(setting) === numbers)
    .map(([name, setting]) => [name, isNumber(setting) ? numberSchema(setting) : setting.schema]);

const optional = (schemas: [string, z.ZodType][], scoped = false) =>
  Object.fromEntries(
    schemas.map(([name, schema]) => [name, (scoped ? schema.nullable() : schema).optional()]),
  );

/** What every set of settings answers: the numbers under one property, everything else beside them, and the version. */
export const viewSchema = (shown: Shown, { id, scope }: { id: string; scope?: ScopeName | undefined }) => {
  const numbers = z.object(Object.fromEntries(schemasOf(shown, true)));
  return z
    .object({
      ...(scope && { [scope.field]: scope.schema.nullable() }),
      version: z.int().min(0).meta({ description: 'Number of the newest change that concerns this scope.' }),
      [shown.numbersAs]: numbers.meta({ description: 'What is in force.' }),
      ...(scope && {
        own: numbers
          .partial()
          .meta({ description: 'What the scope has set itself; all of them for the global values.' }),
      }),
      ...Object.fromEntries(schemasOf(shown, false)),
    })
    .meta({ id });
};

const leaves = (shown: Shown, body: Fields): [string, unknown][] =>
  Object.entries(body).flatMap(([name, value]): [string, unknown][] =>
    name === shown.numbersAs ? Object.entries(value ?? {}) : name in shown.settings ? [[name, value]] : [],
  );

/** A change: what is not named stays; null takes a scope's own number away. */
export const changeSchema = (shown: Shown, scope?: ScopeName): z.ZodType<Fields> => {
  const { numbersAs } = shown;
  const others = schemasOf(shown, false);
  const numbers = z.strictObject(optional(schemasOf(shown, true), scope !== undefined));
  return z
    .strictObject({
      ...(scope && {
        [scope.field]: scope.schema.optional().meta({ description: 'Absent: the global values.' }),
      }),
      [numbersAs]: others.length > 0 ? numbers.optional() : numbers,
      ...optional(others),
    })
    .refine((body) => leaves(shown, body).length > 0, { path: [numbersAs], message: 'names no setting' })
    .refine(
      (body) =>
        !scope ||
        body[scope.field] !== undefined ||
        Object.values(body[numbersAs] ?? {}).every((v) => v !== null),
      { path: [numbersAs], message: 'a global value cannot be taken away' },
    );
};

/** A parsed body as a change. */
export const changeOf = <V>(shown: Shown, scope: ScopeName | undefined, body: Fields): SettingsChange<V> => ({
  scopeId: scope && (body[scope.field] as string | undefined),
  values: Object.fromEntries(leaves(shown, body)) as SettingsChange<V>['values'],
});

const placed = ({ settings, numbersAs }: Shown, values: object): Record<string, unknown> => {
  const [numbers, others] = [true, false].map((wanted) =>
    Object.fromEntries(
      Object.entries(values).filter(([name]) => {
        const setting = settings[name];
        return setting !== undefined && isNumber(setting) === wanted;
      }),
    ),
  );
  return { [numbersAs]: numbers, ...others };
};

export const toView = <V extends object>(
  shown: Shown,
  scope: ScopeName | undefined,
  { global, own, scopeId }: Scopes<V> & { scopeId?: string | undefined },
) => {
  const { version, ...values } =
    scopeId === undefined ? { ...global.values, version: global.version } : inForce(global, own);
  return {
    ...(scope && {
      [scope.field]: scopeId ?? null,
      own: { ...(scopeId === undefined ? global : own).values },
    }),
    version,
    ...placed(shown, values),
  };
};

export const historySchema = (shown: Shown, scope?: ScopeName) => {
  const value = schemasOf(shown, false).length > 0 ? z.unknown() : z.number().nullable();
  return z.object({
    version: z.int(),
    at: z.iso.datetime(),
    actorId: z.string(),
    reason: z.string().optional(),
    ...(scope && { [scope.field]: scope.schema.nullable() }),
    changes: z.array(z.object({ name: z.enum(Object.keys(shown.settings)), from: value, to: value })),
  });
};

export const toHistoryView =
  (scope: ScopeName | undefined) =>
  ({ version, at, actorId, reason, scopeId, changes }: SettingsRecord) => ({
    version,
    at,
    actorId,
    ...(reason !== undefined && { reason }),
    ...(scope && { [scope.field]: scopeId ?? null }),
    changes: changes.map((change) => ({ ...change })),
  });
