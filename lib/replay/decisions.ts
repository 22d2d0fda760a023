// @pure

import { type PlanInput, planAssignments } from '../desk/rules.ts';

/** A numbered assignment, as recorded in the decisions. */
export interface Decided {
  readonly number: number;
  readonly ticketId: string;
  readonly executorId: string;
}

/** A decision that the planner would not make again from what it saw. */
export interface Difference extends Decided {
  /** Null: it would not have assigned this ticket at all. */
  readonly replayedExecutorId: string | null;
  readonly replayedNumber: number | null;
}

export interface DecisionCheck {
  readonly plans: number;
  readonly replayed: number;
  readonly same: number;
  /** Planned, but another was faster: planned again later, under another number. */
  readonly notCarriedOut: number;
  /** The first of them. */
  readonly different: readonly Difference[];
  readonly differentCount: number;
  /** Decisions whose input is gone. */
  readonly withoutInput: number;
}

export const SHOWN_DIFFERENCES = 20;

export const nothingChecked: DecisionCheck = {
  plans: 0,
  replayed: 0,
  same: 0,
  notCarriedOut: 0,
  different: [],
  differentCount: 0,
  withoutInput: 0,
};

/** Makes one plan again from its own input, under the limits it had, and compares (R-DESK-12). */
export const checkPlan = (input: PlanInput, decided: readonly Decided[]): DecisionCheck => {
  const { assignments } = planAssignments(input);
  const again = new Map(assignments.map((each) => [each.ticketId, each]));
  const different = decided.flatMap((each): Difference[] => {
    const replayed = again.get(each.ticketId);
    if (replayed?.executorId === each.executorId && replayed.number === each.number) return [];
    return [
      {
        ...each,
        replayedExecutorId: replayed?.executorId ?? null,
        replayedNumber: replayed?.number ?? null,
      },
    ];
  });
  const carriedOut = new Set(decided.map((each) => each.ticketId));
  return {
    plans: 1,
    replayed: decided.length,
    same: decided.length - different.length,
    notCarriedOut: assignments.filter((each) => !carriedOut.has(each.ticketId)).length,
    different,
    differentCount: different.length,
    withoutInput: 0,
  };
};

export const addChecks = (a: DecisionCheck, b: DecisionCheck): DecisionCheck => ({
  plans: a.plans + b.plans,
  replayed: a.replayed + b.replayed,
  same: a.same + b.same,
  notCarriedOut: a.notCarriedOut + b.notCarriedOut,
  different: [...a.different, ...b.different].slice(0, SHOWN_DIFFERENCES),
  differentCount: a.differentCount + b.differentCount,
  withoutInput: a.withoutInput + b.withoutInput,
});
