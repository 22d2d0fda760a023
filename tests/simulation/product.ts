/** What the simulation takes of the product to judge it by; the rest it only calls. */
export {
  hasRoomAfter,
  type Plan,
  type PlanExecutor,
  type PlanInput,
  type PlanTicket,
  planAssignments,
} from '../../lib/desk/dispatch/plan-assignments.ts';
export { staleAfterMs } from '../../lib/desk/executors/executor.ts';
export { executorHandedOver } from '../../lib/desk/internal-events.ts';
export { journalsOf } from '../../lib/desk/journal/journal.ts';
export {
  type Executor,
  type Limits,
  type LimitValues,
  MAIN_DESK,
  type Ticket,
} from '../../lib/desk/model.ts';
export { type Decision, type PlanRecord, unpackedRecord } from '../../lib/desk/repository/decisions.ts';
export { executorItems } from '../../lib/desk/repository/executor-items.ts';
export { toStoredExecutor } from '../../lib/desk/repository/executors.ts';
export { placeOf, rosterKey } from '../../lib/desk/repository/roster-entries.ts';
export { type LineEntry, lineEntries, lineKey, linesKey } from '../../lib/desk/repository/tickets.ts';
export { limitSettings } from '../../lib/desk/settings/catalogue.ts';
export { effectiveLimits, type OwnLimits } from '../../lib/desk/settings/limits.ts';
export { gripOf, ticketStateTable } from '../../lib/desk/tickets/ticket-states.ts';
export { waitDeadlines } from '../../lib/desk/timers/deadlines.ts';
export { auditRecorded } from '../../lib/platform/audit.ts';
export { instant } from '../../lib/platform/clock.ts';
export type { DomainEvent } from '../../lib/platform/events/event.ts';
export { eventRoutes } from '../../lib/platform/events/routes.ts';
