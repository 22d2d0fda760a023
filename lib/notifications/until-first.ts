import type { Runtime } from '../platform/runtime.ts';
import { CommitConflict } from '../platform/storage/write.ts';

const TRIES = 8;

/**
 * Reads, decides and commits, again from the start when somebody else was first. `step` must read everything anew. After
 * eight times the conflict is thrown on.
 */
export const untilFirst = async <T>(rt: Runtime, step: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof CommitConflict) || attempt === TRIES) throw error;
      await rt.clock.sleep(5 * 2 ** Math.min(attempt, 6) * (0.5 + rt.ids.random()));
    }
  }
};
