import type { Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { PendingDue } from '../../platform/timers/due-item.ts';
import { pendingOr } from '../../platform/timers/sweep-due.ts';
import { type DeskTimer, deskTimers } from '../desk-timers.ts';
import type { Line } from '../model.ts';
import { rosterLists } from './executor.ts';
import { presenceBeats } from './executor-items.ts';
import { executorOfEntry, rosterKey } from './roster-entries.ts';
import { findItems, type Item, type Key, type Page, queryPage } from './table.ts';
import { lineEntries, lineRank, linesKey } from './ticket-repository.ts';

/** Sort key behind everybody on a roster who is watched. */
const LAST_WATCHED = `${rosterLists.indexOf('suspect')}~`;

/** Whether anybody waits on this desk. */
export const hasLine = async (rt: Runtime, deskId: string): Promise<boolean> =>
  (await queryPage(rt, { pk: linesKey(deskId), limit: 1 })).items.length > 0;

/** Whether anybody's heartbeats are watched on this desk: of those online, draining or suspect. */
export const hasWatched = async (rt: Runtime, deskId: string): Promise<boolean> =>
  (await queryPage(rt, { pk: rosterKey(deskId), to: LAST_WATCHED, limit: 1 })).items.length > 0;

/** A deadline and what its timer counts from. */
export interface Armed extends PendingDue<DeskTimer> {
  /** Waiting since, or last heartbeat. */
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
    const due = deskTimers.pending(item);
    const [entry] = lineEntries.readable(rt, [item]).items;
    return due && entry
      ? [{ ...due, since: entry.waitingSince, line: entry.line, urgent: entry.urgent }]
      : [];
  });
  return { ...page, items };
};

interface FirstWaits {
  readonly deskId: string;
  /** Those that came into the new line before this instant. */
  readonly before: Instant;
  readonly limit: number;
  readonly after: Item | undefined;
}

/** First waits of the new line whose deadline stands in no index, oldest first, as they lately were. */
export const listUnindexedWaits = async (
  rt: Runtime,
  { deskId, before, limit, after }: FirstWaits,
): Promise<Page<PendingDue<DeskTimer>>> => {
  const group = `${lineRank.new}o#`;
  const range = { from: group, to: group + before, limit, after, lagging: true };
  const page = await queryPage(rt, { pk: linesKey(deskId), ...range });
  const items = page.items.flatMap((item) => pendingOr(rt, deskTimers, item));
  return { ...page, items: items.filter(({ shard }) => shard === undefined) };
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
    page.items.map(({ sk }) => presenceBeats.key({ executorId: executorOfEntry(sk) })),
  );
  const items = beats.flatMap((item): Armed[] => {
    const due = deskTimers.pending(item);
    const [beat] = presenceBeats.readable(rt, [item]).items;
    return due && beat ? [{ ...due, since: beat.lastBeatAt, urgent: false }] : [];
  });
  return { ...page, items };
};
