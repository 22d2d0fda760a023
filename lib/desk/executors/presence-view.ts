import * as z from 'zod';
import { nameUpTo } from '../../platform/input/name.ts';
import { noteUpTo } from '../../platform/input/pasted-text.ts';
import { lazily } from '../../platform/storage/stored-schema.ts';
import { staleAfterMs } from '../core/executor.ts';
import { reconnectUntil } from '../core/presence.ts';
import {
  deskIdSchema,
  type Executor,
  type Limits,
  type PresenceBeat,
  presences,
  userIdSchema,
} from '../model.ts';
import { type ExecutorSummary, summarized } from './executor-summary.ts';

export const executorNameSchema = nameUpTo(80);

/** Why a manager steps in; kept in the audit log. */
export const reasonSchema = noteUpTo(500);

/** How managers see an executor. */
export const executorView = lazily(() =>
  z
    .object({
      executorId: userIdSchema,
      name: z.string(),
      homeDeskId: deskIdSchema,
      presence: z.enum(presences),
      open: z.int().min(0).meta({ description: 'Tickets in hand: assigned and accepted.' }),
      openUrgent: z.int().min(0),
      waitingClient: z.int().min(0).meta({ description: 'Tickets set aside until their client answers.' }),
      lastBeatAt: z.iso.datetime().nullable(),
      version: z.int(),
    })
    .meta({ id: 'Executor' }),
);
export type ExecutorView = z.infer<ReturnType<typeof executorView>>;

type Beat = Pick<PresenceBeat, 'lastBeatAt'> | undefined;

export const toSummaryView = ({
  id,
  parked,
  lastBeatAt,
  rank: _,
  ...rest
}: ExecutorSummary): ExecutorView => ({
  executorId: id,
  ...rest,
  waitingClient: parked,
  lastBeatAt: lastBeatAt ?? null,
});

export const toExecutorView = (executor: Executor, beat: Beat): ExecutorView =>
  toSummaryView(summarized(executor, beat));

/** How executors see themselves: when to send the next heartbeat, and what happens when none comes. */
export const presenceView = lazily(() =>
  executorView()
    .extend({
      nextBeatInSec: z.number(),
      staleAfterSec: z.number().meta({ description: 'Without a heartbeat for so long they are suspect.' }),
      reconnectUntil: z.iso
        .datetime()
        .nullable()
        .meta({ description: 'A suspect back by then keeps every ticket.' }),
    })
    .meta({ id: 'OwnPresence' }),
);
export type PresenceView = z.infer<ReturnType<typeof presenceView>>;

export const toPresenceView = (
  executor: Executor,
  { beat, limits }: { beat: Beat; limits: Limits },
): PresenceView => ({
  ...toExecutorView(executor, beat),
  nextBeatInSec: limits.heartbeatPeriodSec,
  staleAfterSec: staleAfterMs(limits) / 1000,
  reconnectUntil: reconnectUntil(executor, limits) ?? null,
});
