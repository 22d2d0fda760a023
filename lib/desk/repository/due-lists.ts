import type { Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { rosterLists } from '../executors/executor-rules.ts';
import type { Line } from '../model.ts';
import { DUE_SHARDS, dueLine } from '../timers/timers.ts';
import { type StandingDue, standingDue } from './due.ts';
import { beatKey, rosterKey } from './executors.ts';
import { findItems, type Item, type Key, type Page, queryIndex, queryPage } from './table.ts';
import { lineEntry, linesKey } from './tickets.ts';

/** Sort key behind everybody on a roster who is watched. */
const LAST_WATCHED = `${rosterLists.indexOf('suspect')}~`;

/** Whether anybody waits on this desk. */
export const hasLine = async (rt: Runtime, deskId: string): Promise<boolean> =>
  (await queryPage(rt, { pk: linesKey(deskId), limit: 1 })).items.length > 0;

/** Whether anybody's heartbeats are watched on this desk: of those online, draining or suspect. */
export const hasWatched = async (rt: Runtime, deskId: string): Promise<boolean> =>
  (await queryPage(rt, { pk: rosterKey(deskId), to: LAST_WATCHED, limit: 1 })).items.length > 0;

/** The partitions of the due line for one reach. */
export const dueShards = (reach: 'near' | 'far'): string[] =>
  Array.from({ length: DUE_SHARDS }, (_, shard) => dueLine(reach, shard));

export interface DuePage {
  readonly due: readonly StandingDue[];
  readonly next?: Item;
}

/** One page of a shard's deadlines up to an instant, earliest first; each read again where it really stands. */
export const listDue = async (
  rt: Runtime,
  query: { shard: string; until: Instant; limit: number; after?: Item | undefined },
): Promise<DuePage> => {
  const page = await queryIndex(rt, {
    index: 'due',
    partition: ['dueShard', query.shard],
    until: ['dueAt', query.until],
    limit: query.limit,
    ...(query.after && { after: query.after }),
  });
  const items = await findItems(
    rt,
    page.items.map(({ pk, sk }) => ({ pk, sk })),
  );
  // The index may lag: what has moved on meanwhile is not due.
  const due = items.flatMap((item) => standingDue(item) ?? []).filter((each) => each.lookAt <= query.until);
  return { due, ...(page.next && { next: page.next }) };
};

/** A deadline and what its timer counts from. */
export interface Armed extends StandingDue {
  /** Waiting since, or last heard of. */
  readonly since: Instant;
  readonly line?: Line;
  readonly urgent: boolean;
}

interface Range {
  readonly deskId: string;
  readonly limit: number;
  readonly after?: Key | undefined;
}

const from = ({ after }: Range): { after?: Item } => (after ? { after: { ...after } } : {});

/** Waits of a desk that still have a deadline. */
export const listArmedWaits = async (rt: Runtime, range: Range): Promise<Page<Armed>> => {
  const page = await queryPage(rt, { pk: linesKey(range.deskId), limit: range.limit, ...from(range) });
  const items = page.items.flatMap((item): Armed[] => {
    const due = standingDue(item);
    const { waitingSince, line, urgent } = lineEntry(item);
    return due ? [{ ...due, since: waitingSince, line, urgent }] : [];
  });
  return { ...page, items };
};

/** Looks and reconnect waits of a desk's executors: of everyone online, draining or suspect. */
export const listArmedWatches = async (rt: Runtime, range: Range): Promise<Page<Armed>> => {
  const page = await queryPage(rt, {
    pk: rosterKey(range.deskId),
    to: LAST_WATCHED,
    limit: range.limit,
    ...from(range),
  });
  const beats = await findItems(
    rt,
    page.items.map((item) => beatKey(String(item.executorId))),
  );
  const items = beats.flatMap((beat): Armed[] => {
    const due = standingDue(beat);
    return due ? [{ ...due, since: String(beat.lastBeatAt), urgent: false }] : [];
  });
  return { ...page, items };
};
