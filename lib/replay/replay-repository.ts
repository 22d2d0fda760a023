import * as z from 'zod';
import { DAY_MS, KEEP_DAYS } from '../desk/rules.ts';
import { epochSec } from '../platform/clock.ts';
import { AppError } from '../platform/errors.ts';
import type { Runtime } from '../platform/runtime.ts';
import { defineEntity } from '../platform/storage/entity.ts';
import { lazily, type ReadBy, storedBytes, storedInstant } from '../platform/storage/stored-schema.ts';
import type { Write } from '../platform/storage/write.ts';
import { replayResult, replayStates, tried } from './replay-view.ts';

/** A manager's question "what if", and its answer. */
const replaySchema = lazily(() =>
  z.object({
    replayId: z.string(),
    deskId: z.string(),
    from: storedInstant(),
    to: storedInstant(),
    limits: z.partialRecord(z.enum(tried), z.number()),
    state: z.enum(replayStates),
    requestedBy: z.string(),
    requestedAt: storedInstant(),
    startedAt: storedInstant().optional(),
    finishedAt: storedInstant().optional(),
    result: replayResult.optional(),
    /** Packed curves of the result. */
    curves: storedBytes().optional(),
    /** Why it failed. */
    problem: z.object({ code: z.string(), detail: z.string() }).optional(),
    version: z.int(),
  }),
);
export type Replay = ReadBy<typeof replaySchema>;

export const replays = defineEntity({
  table: 'replay',
  name: 'replay.replay',
  key: ({ replayId }: Pick<Replay, 'replayId'>) => ({ pk: `REPLAY#${replayId}`, sk: 'REPLAY' }),
  schema: replaySchema,
  indexes: {
    attributes: [],
    of: ({ requestedAt }) => ({ expiresAtSec: epochSec(requestedAt) + (KEEP_DAYS * DAY_MS) / 1000 }),
  },
});

export const findReplay = (rt: Runtime, replayId: string): Promise<Replay | undefined> =>
  replays.find(rt, { replayId });

export const getReplay = (rt: Runtime, replayId: string): Promise<Replay> =>
  replays.get(rt, { replayId }, () => new AppError('missing', 'replay-not-found', 'there is no such replay'));

export const replayWrite = (rt: Runtime, before: Replay | undefined, after: Replay): Write =>
  replays.next(rt, before, after);
