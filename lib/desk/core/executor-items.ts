import * as z from 'zod';
import { defineEntity } from '../../platform/storage/entity.ts';
import { lazily, type ReadBy, storedBytes } from '../../platform/storage/stored-schema.ts';
import { executorFields, type PresenceBeat, presenceBeatSchema } from '../model.ts';
import { packedFields } from './holdings.ts';

const EXECUTOR = 'EXECUTOR#';
export const executorPartition = (executorId: string): string => EXECUTOR + executorId;

const executorItemSchema = lazily(() =>
  executorFields().extend({
    executorId: z.string(),
    /** Their roster entry, and the caps under which it was computed. */
    place: z.string(),
    caps: z.string(),
    ...packedFields(),
    /** Numbers of the blocks that hold what does not fit here, and how much of each kind is held in all. */
    blocks: z.array(z.int()).optional(),
    held: z.tuple([z.int(), z.int(), z.int()]).optional(),
    /** Packed recent numbers. */
    recent: storedBytes().optional(),
  }),
);
export type ExecutorItem = ReadBy<typeof executorItemSchema>;

export const executorItems = defineEntity({
  table: 'desk',
  name: 'desk.executor',
  key: ({ executorId }: Pick<ExecutorItem, 'executorId'>) => ({
    pk: executorPartition(executorId),
    sk: 'EXECUTOR',
  }),
  schema: executorItemSchema,
});

const blockSchema = lazily(() =>
  z.object({
    executorId: z.string(),
    number: z.int(),
    ...packedFields(),
    /** The version of the executor that it was written with. */
    since: z.int(),
  }),
);
export type HoldingsBlock = ReadBy<typeof blockSchema>;
const HOLDINGS = 'HOLDINGS#';

export const holdingsBlocks = defineEntity({
  table: 'desk',
  name: 'desk.holdings-block',
  key: ({ executorId, number }: Pick<HoldingsBlock, 'executorId' | 'number'>) => ({
    pk: executorPartition(executorId),
    sk: HOLDINGS + number,
  }),
  schema: blockSchema,
  inKey: {
    attributes: ['executorId', 'number'],
    read: ({ pk, sk }) => ({
      executorId: pk.slice(EXECUTOR.length),
      number: Number(sk.slice(HOLDINGS.length)),
    }),
  },
});

export const presenceBeats = defineEntity({
  table: 'desk',
  name: 'desk.presence-beat',
  key: ({ executorId }: Pick<PresenceBeat, 'executorId'>) => ({
    pk: executorPartition(executorId),
    sk: 'PRESENCE',
  }),
  schema: presenceBeatSchema,
  inKey: { attributes: ['executorId'], read: ({ pk }) => ({ executorId: pk.slice(EXECUTOR.length) }) },
});
