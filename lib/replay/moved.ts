// @pure

import type { Line } from '../desk/model.ts';

/** How a ticket's first wait in a simulation ended. */
export interface Fare {
  /** In which the wait began. */
  readonly line: Line;
  /** It had waited too long in the new line by then. */
  readonly promoted: boolean;
  /** Until somebody was given it, or until the stretch ended. */
  readonly waitSec: number;
  /** Null: it still waited as the stretch ended. */
  readonly executorId: string | null;
  /** What that executor then had in hand, it included. */
  readonly load: number | null;
}

/** A ticket that waits longer or shorter under other limits. */
export interface Moved {
  readonly ticketId: string;
  /** Null: it did not wait in this simulation. */
  readonly simulated: Fare | null;
  readonly changed: Fare | null;
  /** Negative: sooner under the other limits. */
  readonly differenceSec: number;
}

export interface MovedTickets {
  readonly tickets: readonly Moved[];
  readonly sooner: number;
  readonly later: number;
}

export const SHOWN_MOVED = 50;

export const tenthsOf = (ms: number): number => Math.round(ms / 100) / 10;

const byDifference = (a: Moved, b: Moved): number =>
  Math.abs(b.differenceSec) - Math.abs(a.differenceSec) || (a.ticketId < b.ticketId ? -1 : 1);

/** The tickets whose waits differ most between two simulations, and how many differ at all. */
export const movedTickets = (
  simulated: ReadonlyMap<string, Fare>,
  changed: ReadonlyMap<string, Fare>,
): MovedTickets => {
  const ids = new Set([...simulated.keys(), ...changed.keys()]);
  const all = [...ids].flatMap((ticketId): Moved[] => {
    const [own, other] = [simulated.get(ticketId), changed.get(ticketId)];
    const difference = (other?.waitSec ?? 0) - (own?.waitSec ?? 0);
    const differenceSec = Math.round(difference * 10) / 10;
    if (differenceSec === 0) return [];
    return [{ ticketId, simulated: own ?? null, changed: other ?? null, differenceSec }];
  });
  return {
    tickets: all.sort(byDifference).slice(0, SHOWN_MOVED),
    sooner: all.filter(({ differenceSec }) => differenceSec < 0).length,
    later: all.filter(({ differenceSec }) => differenceSec > 0).length,
  };
};
