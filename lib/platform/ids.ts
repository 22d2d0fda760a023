import { v7 } from 'uuid';
import type { Clock } from './clock.ts';

/** Ids and randomness come in from outside, like time. */
export interface Ids {
  /** `${prefix}_${uuidv7}`: sorts by creation time up to the millisecond; never order by it alone. */
  next(prefix: string): string;
  /** Uniform in [0, 1). For jitter only, never for secrets. */
  random(): number;
}

export const systemIds = (clock: Clock): Ids => ({
  next: (prefix) => `${prefix}_${v7({ msecs: clock.nowMs() })}`,
  random: () => Math.random(),
});

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/** Shape of an id with this prefix, as a regular expression source. */
export const idPattern = (prefix: string): RegExp => new RegExp(`^${prefix}_${UUID}$`);
