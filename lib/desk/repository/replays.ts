import { epochSec, type Instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { LimitValues } from '../model.ts';
import { DAY_MS, KEEP_DAYS } from '../replay/journal-rules.ts';
import type { ReplayResult } from '../replay/replay-view.ts';
import { findItem, type Item, type Key, putNew, putVersion } from './table.ts';

export type ReplayState = 'queued' | 'running' | 'done' | 'failed';

/** A manager's question "what if", and its answer. */
export interface Replay {
  readonly replayId: string;
  readonly deskId: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly limits: Partial<LimitValues>;
  readonly state: ReplayState;
  readonly requestedBy: string;
  readonly requestedAt: Instant;
  readonly startedAt?: Instant;
  readonly finishedAt?: Instant;
  readonly result?: ReplayResult;
  /** Why it failed. */
  readonly problem?: { readonly code: string; readonly detail: string };
  readonly version: number;
}

const key = (replayId: string): Key => ({ pk: `REPLAY#${replayId}`, sk: 'REPLAY' });

const toItem = (replay: Replay): Item => ({
  ...key(replay.replayId),
  ...replay,
  expiresAtSec: epochSec(replay.requestedAt) + (KEEP_DAYS * DAY_MS) / 1000,
});

export const findReplay = async (rt: Runtime, replayId: string): Promise<Replay | undefined> => {
  const item = await findItem(rt, key(replayId));
  if (!item) return undefined;
  const { pk, sk, expiresAtSec, ...replay } = item;
  return replay as unknown as Replay;
};

export const getReplay = async (rt: Runtime, replayId: string): Promise<Replay> => {
  const replay = await findReplay(rt, replayId);
  if (!replay) throw new AppError('missing', 'replay-not-found', 'there is no such replay');
  return replay;
};

export const replayWrite = (rt: Runtime, before: Replay | undefined, after: Replay): Write =>
  before ? putVersion(rt, toItem(after), before.version) : putNew(rt, toItem(after));
