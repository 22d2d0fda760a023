// @pure
// What the desk decides by and the facts of its journal, for whoever makes its decisions again from what lib/desk/reader.ts gives.

export { type LimitName, limitSettings } from './catalogue.ts';
export { waitLimitSec } from './core/deadlines.ts';
export { fullFor } from './core/executor.ts';
export { DAY_MS, EVERY_DESK, HOUR_MS, type JournalEntry, KEEP_DAYS } from './core/journal.ts';
export { effectiveLimits, type GlobalLimits, initialLimits, type OwnLimits } from './core/limits.ts';
export { ownLine } from './core/ticket-states.ts';
export {
  type PlanExecutor,
  type PlanInput,
  type PlanTicket,
  planAssignments,
  servingOrder,
} from './dispatch/plan-assignments.ts';
export {
  limitsChanged,
  newQueued,
  orphanedQueued,
  presenceChanged,
  ticketAccepted,
  ticketClosed,
  ticketOverdue,
  ticketReleased,
  ticketUrgencySet,
  urgentQueued,
} from './events.ts';
export { type Fairness, fairnessOf, fairnessView } from './insight/fairness.ts';
export { quantile } from './insight/quantile.ts';
