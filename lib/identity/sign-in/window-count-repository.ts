import { epochSec, type Instant, instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { findItem, type Item, type Key, updateItem } from '../core/table-repository.ts';

/**
 * A cap of so many in so many seconds, which any number of requests may meet at once: one is added under the condition that
 * there is room, and nobody waits for a version. An item holds a count per step of time (`s<step>`) and their `total`; steps
 * that are over leave with the next one that comes.
 */
export interface WindowCap {
  readonly key: Key;
  readonly cap: number;
  readonly windowSec: number;
  /** Length of a step. No window of `windowSec` holds more than the cap, to the second; room is free again within a step. */
  readonly stepSec: number;
}

export type Counted =
  | { readonly kind: 'counted'; readonly giveBack: () => Promise<void> }
  | { readonly kind: 'full'; readonly retryAt: Instant };

/** Losing means that others were counted or old steps left, so a few reads are enough; then it is full in effect. */
const MAX_READS = 6;
const KEEP_SEC = 2 * 24 * 3600;

interface Step {
  readonly step: number;
  readonly count: number;
}

const stepsOf = (item: Item | undefined): Step[] =>
  Object.entries(item ?? {})
    .flatMap(([name, value]) =>
      /^s\d+$/.test(name) ? [{ step: Number(name.slice(1)), count: Number(value) }] : [],
    )
    .toSorted((a, b) => a.step - b.step);

const total = (steps: readonly Step[]): number => steps.reduce((sum, { count }) => sum + count, 0);

/** When a step no longer counts. */
const leavesAtSec = ({ step }: Step, { windowSec, stepSec }: WindowCap): number =>
  (step + 1) * stepSec + windowSec - 1;

/** When one more fits, if nothing else comes. */
const roomAt = (steps: readonly Step[], cap: WindowCap, nowSec: number): Instant => {
  let left = total(steps);
  for (const step of steps) {
    left -= step.count;
    if (left < cap.cap) return instant(leavesAtSec(step, cap) * 1000);
  }
  return instant((nowSec + cap.windowSec) * 1000); // a cap of nothing
};

/** Steps that a single expression may name, far below its 4 KB. */
const MAX_REMOVED = 100;

/** False when there was no room, or others were counted meanwhile. */
const addOne = async (
  rt: Runtime,
  cap: WindowCap,
  seen: Item | undefined,
  nowSec: number,
): Promise<boolean> => {
  const over = stepsOf(seen).filter((step) => leavesAtSec(step, cap) <= nowSec);
  const [oldest] = over;
  const leaving = over.slice(0, MAX_REMOVED);
  // What was entered of the codes of a step goes with it (see traffic).
  const removed = leaving.flatMap(({ step }) => [`s${step}`, `e${step}`]);
  const added = await updateItem(rt, {
    Key: cap.key,
    UpdateExpression:
      'ADD #step :one, #total :change SET expiresAtSec = :expires' +
      (removed.length > 0 ? ` REMOVE ${removed.join(', ')}` : ''),
    ConditionExpression: oldest
      ? `attribute_exists(s${oldest.step}) AND #total < :room`
      : 'attribute_not_exists(#total) OR #total < :room',
    ExpressionAttributeNames: { '#step': `s${Math.floor(nowSec / cap.stepSec)}`, '#total': 'total' },
    ExpressionAttributeValues: {
      ':one': 1,
      ':change': 1 - total(leaving),
      ':room': cap.cap + total(over),
      ':expires': nowSec + KEEP_SEC,
    },
  });
  return added !== undefined;
};

/** Takes one back; a step that is over has gone by itself. */
const takeBack = async (rt: Runtime, { key, stepSec }: WindowCap, nowSec: number): Promise<void> => {
  const taken = updateItem(rt, {
    Key: key,
    UpdateExpression: 'ADD #step :less, #total :less',
    ConditionExpression: 'attribute_exists(#step)',
    ExpressionAttributeNames: { '#step': `s${Math.floor(nowSec / stepSec)}`, '#total': 'total' },
    ExpressionAttributeValues: { ':less': -1 },
  });
  // What is not taken back leaves with its step: the cap errs towards fewer.
  await taken.catch((error: unknown) => rt.log.warn('a count was not taken back', { error }));
};

/** When there will be room, as far as this item tells; undefined when there is. */
export const fullUntil = (cap: WindowCap, item: Item | undefined, now: Instant): Instant | undefined => {
  const nowSec = epochSec(now);
  const steps = stepsOf(item).filter((step) => leavesAtSec(step, cap) > nowSec);
  return total(steps) < cap.cap ? undefined : roomAt(steps, cap, nowSec);
};

/** Counts one, if there is room. `seen`: the item as it was read a moment ago. */
export const countOne = async (
  rt: Runtime,
  cap: WindowCap,
  { seen, now }: { seen: Item | undefined; now: Instant },
): Promise<Counted> => {
  const nowSec = epochSec(now);
  let item = seen;
  for (let read = 0; read < MAX_READS; read += 1) {
    const retryAt = fullUntil(cap, item, now);
    if (retryAt) return { kind: 'full', retryAt };
    if (await addOne(rt, cap, item, nowSec)) {
      return { kind: 'counted', giveBack: () => takeBack(rt, cap, nowSec) };
    }
    item = await findItem(rt, cap.key);
  }
  return { kind: 'full', retryAt: instant((nowSec + 1) * 1000) };
};
