const FIRST_MS = 500;
const MOST_MS = 15_000;

/**
 * How long to wait before the next attempt; it never ends. Halved at random, so that all consoles of a desk do not come back at
 * once after a deployment.
 * @param failures attempts in a row that came to nothing, from 1
 * @param random 0 to 1
 */
export const backoffMs = (failures: number, random: number): number =>
  Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10)) * (0.5 + random / 2);
