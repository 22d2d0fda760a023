/** What the simulation takes of the product to check it by; the rest it only calls. */

export { limitSettings } from '../../lib/desk/catalogue.ts';
export { waitDeadlines } from '../../lib/desk/core/deadlines.ts';
export { staleAfterMs } from '../../lib/desk/core/executor.ts';
export { executorItems } from '../../lib/desk/core/executor-items.ts';
export { toStoredExecutor } from '../../lib/desk/core/executor-repository.ts';
export { journalsOf } from '../../lib/desk/core/journal.ts';
export { effectiveLimits, type OwnLimits } from '../../lib/desk/core/limits.ts';
export { placeOf, rosterKey } from '../../lib/desk/core/roster-entries.ts';
export { cardOf } from '../../lib/desk/core/ticket-card.ts';
export { type LineEntry, lineEntries, lineKey, linesKey } from '../../lib/desk/core/ticket-repository.ts';
export { holdingOf, ticketStateTable } from '../../lib/desk/core/ticket-states.ts';
export {
  type Decision,
  type PlanRecord,
  unpackedRecord,
} from '../../lib/desk/dispatch/decision-repository.ts';
export {
  hasRoomAfter,
  type Plan,
  type PlanExecutor,
  type PlanInput,
  type PlanTicket,
  planAssignments,
} from '../../lib/desk/dispatch/plan-assignments.ts';
export {
  newQueued,
  orphanedQueued,
  presenceChanged,
  ticketAccepted,
  ticketClosed,
  ticketReleased,
  ticketUrgencySet,
  urgentQueued,
} from '../../lib/desk/events.ts';
export { executorHandedOver } from '../../lib/desk/internal-events.ts';
export {
  type Executor,
  type Limits,
  type LimitValues,
  MAIN_DESK,
  type ThreadEntry,
  type Ticket,
} from '../../lib/desk/model.ts';
export { auditRecorded } from '../../lib/platform/audit.ts';
export { instant } from '../../lib/platform/clock.ts';
export type { DomainEvent } from '../../lib/platform/events/event.ts';
export { eventRoutes } from '../../lib/platform/events/routes.ts';
