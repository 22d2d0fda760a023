import * as z from 'zod';
import { deskIdSchema } from '../model.ts';
import type { LimitsChangeRecord } from '../repository/limits.ts';
import { type LimitName, limitNames, limitSettings } from './catalogue.ts';
import { effectiveLimits, type GlobalLimits, type OwnLimits } from './limits.ts';

const each = <S extends z.ZodType>(schema: (name: LimitName) => S) =>
  Object.fromEntries(limitNames.map((name) => [name, schema(name)])) as Record<LimitName, S>;

export const limitSchema = (name: LimitName) => {
  const { min, max, initial, description } = limitSettings[name];
  return z
    .int()
    .min(min)
    .max(max)
    .meta({ description: `${description} ${initial} unless changed.` });
};

const values = z.object(each(limitSchema));

/** A change: what is not named stays; null takes a desk's own value away. */
export const limitsChange = z
  .strictObject({
    deskId: deskIdSchema.optional().meta({ description: 'Absent: the global values.' }),
    values: z.strictObject(each((name) => limitSchema(name).nullable().optional())),
  })
  .refine(
    ({ deskId, values: changed }) => deskId !== undefined || Object.values(changed).every((v) => v !== null),
    {
      path: ['values'],
      message: 'a global value cannot be taken away',
    },
  )
  .refine(({ values: changed }) => Object.keys(changed).length > 0, {
    path: ['values'],
    message: 'names no setting',
  });

export const limitsView = z
  .object({
    deskId: deskIdSchema.nullable(),
    version: z.int().min(0).meta({
      description: 'Number of the newest change that concerns this scope; for a desk, a global one too.',
    }),
    values: values.meta({ description: 'What is in force.' }),
    own: values
      .partial()
      .meta({ description: 'What the desk has set itself; all of them for the global values.' }),
  })
  .meta({ id: 'Limits' });
export type LimitsView = z.infer<typeof limitsView>;

export const toLimitsView = (
  { global, own }: { global: GlobalLimits; own: OwnLimits },
  deskId: string | undefined,
): LimitsView => {
  const { version, ...inForce } = deskId
    ? effectiveLimits(global, own)
    : { ...global.values, version: global.version };
  return {
    deskId: deskId ?? null,
    version,
    values: inForce,
    own: deskId ? { ...own.values } : { ...global.values },
  };
};

export const limitsHistoryView = z.object({
  version: z.int(),
  at: z.iso.datetime(),
  actorId: z.string(),
  deskId: z.string().nullable(),
  changes: z.array(
    z.object({ name: z.enum(limitNames), from: z.number().nullable(), to: z.number().nullable() }),
  ),
});

export const toLimitsHistoryView = (record: LimitsChangeRecord): z.infer<typeof limitsHistoryView> => {
  const { version, at, actorId, deskId = null } = record;
  return { version, at, actorId, deskId, changes: record.changes.map((change) => ({ ...change })) };
};
