import type { Instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Write } from '../../platform/storage/write.ts';
import type { Ticket } from '../model.ts';
import { DUE_SHARDS, type Due, dueLine, type Timer } from '../timers.ts';
import { deskTable, findItem, findItems, type Item, type Key, queryIndex } from './table.ts';
import { lineKey } from './tickets.ts';

/** A deadline as it stands on the item it is about. */
export interface StandingDue extends Due {
  readonly key: Key;
}

export const standingDue = (item: Item): StandingDue | undefined =>
  typeof item.dueAt === 'string' && typeof item.dueShard === 'string' && item.timer
    ? {
        key: { pk: item.pk, sk: item.sk },
        dueAt: item.dueAt,
        dueShard: item.dueShard,
        timer: item.timer as Timer,
      }
    : undefined;

const SET_DUE = 'SET dueShard = :dueShard, dueAt = :dueAt, #timer = :timer';
const CLEAR_DUE = 'REMOVE dueShard, dueAt, #timer';
const names = { '#timer': 'timer' };
const values = (due: Due) => ({ ':dueShard': due.dueShard, ':dueAt': due.dueAt, ':timer': due.timer });

/** Sets or takes away the deadline of an item, and touches nothing else of it; the item must be there. */
const dueUpdate = (
  rt: Runtime,
  key: Key,
  change: { due: Due | undefined; condition: string; conditionValues: Record<string, unknown> },
): Write => ({
  Update: {
    TableName: deskTable(rt),
    Key: { ...key },
    UpdateExpression: change.due ? SET_DUE : CLEAR_DUE,
    ConditionExpression: change.condition,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: { ...(change.due && values(change.due)), ...change.conditionValues },
  },
});

/** The deadline on a waiting ticket's place in line: at which stage the wait really is. */
export const findLineDue = async (rt: Runtime, ticket: Ticket): Promise<StandingDue | undefined> => {
  const key = lineKey(ticket);
  if (!key) return undefined;
  const item = await findItem(rt, key);
  return item && standingDue(item);
};

/** Moves the deadline of a wait, if it still is that wait and stands where it was seen. */
export const lineDueWrite = (
  rt: Runtime,
  seen: StandingDue,
  change: { due: Due; waitingSince: Instant },
): Write =>
  dueUpdate(rt, seen.key, {
    due: change.due,
    condition: 'waitingSince = :since AND dueAt = :seen',
    conditionValues: { ':since': change.waitingSince, ':seen': seen.dueAt },
  });

/** A decision's acceptance deadline, and whether it was counted as missed already. */
export interface MarkedDecision {
  readonly key: Key;
  readonly dueAt: Instant | undefined;
  readonly missed: boolean;
}

export const findMarkedDecision = async (
  rt: Runtime,
  deskId: string,
  decision: string,
): Promise<MarkedDecision | undefined> => {
  const key = { pk: `DECISIONS#${deskId}`, sk: decision };
  const item = await findItem(rt, key);
  return item && { key, dueAt: standingDue(item)?.dueAt, missed: item.missed === true };
};

/** Moves or ends the acceptance deadline of a decision, and notes that it was missed. */
export const decisionDueWrite = (
  rt: Runtime,
  key: Key,
  change: { due: Due | undefined; missed: boolean },
): Write => {
  const missed = change.missed ? `${change.due ? ', ' : ' SET '}missed = :missed` : '';
  return {
    Update: {
      TableName: deskTable(rt),
      Key: { ...key },
      UpdateExpression: `${change.due ? SET_DUE : CLEAR_DUE}${missed}`,
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: names,
      ...((change.due || change.missed) && {
        ExpressionAttributeValues: {
          ...(change.due && values(change.due)),
          ...(change.missed && { ':missed': true }),
        },
      }),
    },
  };
};

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
  const due = items.flatMap((item) => standingDue(item) ?? []).filter((each) => each.dueAt <= query.until);
  return { due, ...(page.next && { next: page.next }) };
};
