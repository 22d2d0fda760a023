import { AppError } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import { CommitConflict } from './write.ts';

const TRIES = 40;
const BASE_DELAY_MS = 5;
const MAX_DELAY_EXPONENT = 7;

/** Somebody else was first, or the store gave up on a contended item: both are answered by looking again. */
const isContention = (error: unknown): boolean =>
  error instanceof CommitConflict || (error instanceof AppError && error.code === 'store-unavailable');

/**
 * Load → decide → commit, again from the start when somebody else was first. `step` must read everything anew. Throws
 * AppError `busy` (503) after forty losses.
 */
export const untilCommitted = async <T>(rt: Runtime, step: () => Promise<T>): Promise<T> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await step();
    } catch (error) {
      if (!isContention(error)) throw error;
      if (attempt + 1 >= TRIES) {
        throw new AppError('unavailable', 'busy', 'Too many changes at once, try again.', { cause: error });
      }
      await rt.clock.sleep(
        BASE_DELAY_MS * 2 ** Math.min(attempt, MAX_DELAY_EXPONENT) * (0.5 + rt.ids.random()),
      );
    }
  }
};
