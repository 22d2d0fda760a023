import { AppError } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import { inLane } from './lanes.ts';
import { CommitConflict } from './write.ts';

const TRIES = 40;
const BASE_DELAY_MS = 5;
const MAX_DELAY_MS = 640;

type Tried<T> =
  | { readonly kind: 'committed'; readonly value: T }
  /** `at`: the item somebody else was first with; undefined when the store only gave up on a contended one. */
  | { readonly kind: 'lost'; readonly at: string | undefined; readonly cause: unknown };

/** Somebody else was first, or the store gave up on a contended item: both are answered by reading and deciding again. */
const tried = async <T>(step: () => Promise<T>): Promise<Tried<T>> => {
  try {
    return { kind: 'committed', value: await step() };
  } catch (cause) {
    if (cause instanceof CommitConflict) return { kind: 'lost', at: cause.failed[0]?.at, cause };
    if (cause instanceof AppError && cause.code === 'store-unavailable')
      return { kind: 'lost', at: undefined, cause };
    throw cause;
  }
};

/** Counts losses and waits between them: decorrelated jitter, so that contenders do not come back together. */
const losses = ({ clock, ids }: Runtime) => {
  let count = 0;
  let delayMs = BASE_DELAY_MS;
  return async (cause: unknown): Promise<void> => {
    count += 1;
    if (count >= TRIES) {
      throw new AppError('unavailable', 'busy', 'Too many changes at once, try again.', { cause });
    }
    await clock.sleep(delayMs * (0.5 + ids.random() / 2));
    delayMs = Math.min(MAX_DELAY_MS, BASE_DELAY_MS + ids.random() * delayMs * 3);
  };
};

/**
 * Load → decide → commit, again from the start when somebody else was first. `step` must read everything anew. Those
 * of one process who lost at the same item go on one after the other: each reads once more and is checked, so that n
 * requests at one item take some 2n steps and not n². Throws AppError `busy` (503) after forty losses.
 */
export const untilCommitted = async <T>(rt: Runtime, step: () => Promise<T>): Promise<T> => {
  const lose = losses(rt);
  const whileLostAt = async (at: string): Promise<Tried<T>> => {
    for (;;) {
      const next = await tried(step);
      if (next.kind === 'committed' || next.at !== at) return next;
      await lose(next.cause);
    }
  };
  let last = await tried(step);
  while (last.kind === 'lost') {
    const { at, cause } = last;
    await lose(cause);
    last = at === undefined ? await tried(step) : await inLane(rt.dynamo, at, () => whileLostAt(at));
  }
  return last.value;
};
