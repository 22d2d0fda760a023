import * as z from 'zod';
import { deskIdSchema, type LimitName, type LimitsRegistry, limitNames, limitRanges } from '../model.ts';
import type { LimitsChangeRecord } from '../repository/limits.ts';
import { effectiveLimits } from './limits.ts';

const units: Readonly<Record<LimitName, string>> = {
  maxTicketsPerExecutor: 'Tickets one executor handles at once.',
  maxUrgentTicketsPerExecutor: 'Urgent ones among them; never above maxTicketsPerExecutor.',
  maxWaitSec: 'Longest a ticket waits to be handled, in seconds.',
  maxUrgentWaitSec: 'The same for an urgent ticket, in seconds.',
  maxReconnectWaitSec: 'Longest the system waits for a dropped-out executor, in seconds.',
  heartbeatPeriodSec: 'How often an executor says that they are there, in seconds.',
  missedHeartbeats: 'Heartbeats missed in a row before an executor is suspect.',
};

const each = <S extends z.ZodType>(schema: (name: LimitName) => S) =>
  Object.fromEntries(limitNames.map((name) => [name, schema(name)])) as Record<LimitName, S>;

const inRange = (name: LimitName) =>
  z.int().min(limitRanges[name].min).max(limitRanges[name].max).meta({ description: units[name] });

const values = z.object(each(inRange));

/** A change: what is not named stays; null takes a desk's own value away. */
export const limitsChange = z
  .strictObject({
    deskId: deskIdSchema.optional().meta({ description: 'Absent: the global values.' }),
    values: z.strictObject(each((name) => inRange(name).nullable().optional())),
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
    version: z.int().min(0),
    values: values.meta({ description: 'What is in force.' }),
    own: values
      .partial()
      .meta({ description: 'What the desk has set itself; all of them for the global values.' }),
  })
  .meta({ id: 'Limits' });
export type LimitsView = z.infer<typeof limitsView>;

export const toLimitsView = (registry: LimitsRegistry, deskId: string | undefined): LimitsView => {
  const { version, ...inForce } = deskId
    ? effectiveLimits(registry, deskId)
    : { ...registry.global, version: 0 };
  return {
    deskId: deskId ?? null,
    version: registry.version,
    values: inForce,
    own: deskId ? { ...registry.desks[deskId] } : { ...registry.global },
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
