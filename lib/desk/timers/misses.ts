// @pure

import type { Limits } from '../model.ts';

export interface Misses {
  /** Hands running of which a ticket was missed. */
  readonly running: number;
  readonly setsAway: boolean;
}

/**
 * Missed tickets running set an executor away (R-DESK-09). A hand is what one decision dealt: whoever misses several
 * tickets of it has missed once, since all were dealt before the first was missed. The next missed ticket, which is of
 * another hand, counts anew, no matter when it was dealt. `handMissed`: a ticket of this hand was missed before.
 */
export const missesAfter = (
  running: number,
  { handMissed, limits }: { handMissed: boolean; limits: Pick<Limits, 'missesUntilAway'> },
): Misses => {
  const after = handMissed ? running : running + 1;
  return { running: after, setsAway: after >= limits.missesUntilAway };
};
