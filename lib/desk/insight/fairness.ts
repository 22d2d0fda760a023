// @pure
import * as z from 'zod';
import { lazily } from '../../platform/storage/stored-schema.ts';

export interface Fairness {
  /** Who was counted. */
  readonly executors: number;
  readonly assignments: number;
  /** Jain's index of the counts: 1 is even, 1/n is everything to one; null when there is nothing to measure. */
  readonly jain: number | null;
  /** Most minus fewest. */
  readonly spread: number;
}

/**
 * How evenly assignments fell. Jain, Chiu, Hawe: A Quantitative Measure of Fairness (DEC-TR-301, 1984): the square of
 * the sum over n times the sum of squares.
 */
export const fairnessOf = (counts: readonly number[]): Fairness => {
  const sum = counts.reduce((total, count) => total + count, 0);
  const squares = counts.reduce((total, count) => total + count * count, 0);
  return {
    executors: counts.length,
    assignments: sum,
    jain: squares === 0 ? null : Math.round(((sum * sum) / (counts.length * squares)) * 1e4) / 1e4,
    spread: counts.length === 0 ? 0 : Math.max(...counts) - Math.min(...counts),
  };
};

export const fairnessView = lazily(() =>
  z
    .object({
      executors: z.int(),
      assignments: z.int(),
      jain: z.number().nullable().meta({ description: "Jain's index: 1 is even. Null without assignments." }),
      spread: z.int().meta({ description: 'Most minus fewest.' }),
    })
    .meta({ id: 'Fairness' }),
);
