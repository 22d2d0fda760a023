import type { Ticket } from '../api/types.ts';

export interface Missed {
  readonly ticketId: string;
  readonly name: string;
  /** ISO: when it went back into line. */
  readonly at: string;
}

/** An answer may be on its way when the time is over. */
const SLACK_MS = 2000;

/**
 * Which of the tickets to accept went back into line: gone although nobody took them away before their deadline.
 * @param before the list as it was, and @param now as it is; both of the same user
 */
export const missedBetween = (
  before: readonly Ticket[],
  now: readonly Ticket[],
  { nowMs, answered }: { readonly nowMs: number; readonly answered: ReadonlySet<string> },
): readonly Missed[] => {
  const still = new Set(now.map(({ ticketId }) => ticketId));
  return before.flatMap(({ ticketId, state, acceptBy, client }) =>
    state === 'assigned' &&
    acceptBy !== undefined &&
    !still.has(ticketId) &&
    !answered.has(ticketId) &&
    Date.parse(acceptBy) <= nowMs + SLACK_MS
      ? [{ ticketId, name: client?.name ?? '', at: acceptBy }]
      : [],
  );
};
