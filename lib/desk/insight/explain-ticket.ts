import type { Caller } from '../../platform/caller.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { findLimits } from '../core/limit-repository.ts';
import { EXACT } from '../core/line-counts.ts';
import { getTicket, ticketMissing } from '../core/ticket-repository.ts';
import { type DecisionWithPlan, findDecision, type PlanRecord } from '../dispatch/decision-repository.ts';
import {
  type Explanation,
  explainTicket as explain,
  type PlanTicket,
  servingOrder,
} from '../dispatch/plan-assignments.ts';
import type { Line, Ticket } from '../model.ts';
import { viewerOf } from '../tickets/viewer.ts';
import { readPresentState } from './present-state.ts';
import { tallyBehind, tallyExcluded } from './waiting-reasons.ts';
import type { WhyView } from './why-view.ts';

const blank = ({ id, state }: Ticket): WhyView => ({
  ticketId: id,
  state,
  rule: 'no-decision',
  line: null,
  executorId: null,
  number: null,
  at: null,
  limitsVersion: null,
  actorId: null,
  overCap: null,
  position: null,
  excluded: {},
  candidates: [],
  behind: null,
});

const candidatesOf = (explanation: Explanation): WhyView['candidates'] =>
  explanation.candidates.map(({ excluded, ...rest }) => ({ ...rest, excluded: excluded ?? null }));

/** Records of before executors were examined as needed do not count those behind them: they only show that there were some. */
const behindThen = ({ input, others }: PlanRecord, urgent: boolean): WhyView['behind'] => {
  const behind = tallyBehind(others, urgent);
  return behind.count === 0 && !behind.more && input.dealAtMost === 1 ? { count: 0, more: true } : behind;
};

/** From what the planner saw then, kept with the decision; a manual decision has only its author. */
const explainRecorded = (ticket: Ticket, { decision, record }: DecisionWithPlan): WhyView => {
  const explanation = record && explain(record.input, ticket.id);
  const own = decision.tickets.find((each) => each.ticketId === ticket.id);
  const urgent = record?.input.tickets.find(({ ticketId }) => ticketId === ticket.id)?.urgent ?? false;
  return {
    ...blank(ticket),
    rule: decision.rule === 'plan' ? 'assigned-longest-ago' : decision.rule,
    executorId: decision.executorId,
    number: own?.number ?? null,
    at: decision.at,
    limitsVersion: decision.limitsVersion,
    actorId: decision.actorId ?? null,
    overCap: decision.overCap ?? false,
    ...(explanation && {
      line: explanation.line,
      excluded: tallyExcluded(explanation.excluded, record.others, urgent),
      candidates: candidatesOf(explanation),
      behind: behindThen(record, urgent),
    }),
  };
};

type WaitingTicket = Ticket & { readonly line: Line };

const waits = (ticket: Ticket): ticket is WaitingTicket => ticket.line !== undefined;

const planTicket = ({ id, line, urgent, orderedAt, passedOver }: WaitingTicket): PlanTicket => ({
  ticketId: id,
  line,
  urgent,
  orderedAt,
  passedOver,
});

/** From the heads of the lines: a ticket that is not among them has a hundred and more before it. */
const positionAmong = (heads: readonly PlanTicket[], ticketId: string): WhyView['position'] => {
  const index = [...heads].sort(servingOrder).findIndex((each) => each.ticketId === ticketId);
  return index < 0 || index >= EXACT ? { count: EXACT, more: true } : { count: index + 1, more: false };
};

const stillWaiting = async (rt: Runtime, ticket: WaitingTicket): Promise<WhyView> => {
  const { deskId } = ticket;
  const limits = await findLimits(rt, deskId, { lagging: true });
  const present = await readPresentState(rt, { deskId, limits, ticket: planTicket(ticket) });
  if (!present.found) return blank(ticket);
  const { rule, explanation } = present.found;
  return {
    ...blank(ticket),
    rule,
    line: ticket.line,
    at: present.at,
    limitsVersion: limits.version,
    position: positionAmong(present.heads, ticket.id),
    excluded: tallyExcluded(explanation.excluded, present.others, ticket.urgent),
    candidates: candidatesOf(explanation),
    behind: tallyBehind(present.others, ticket.urgent),
  };
};

const maySee = (caller: Caller, ticket: Ticket): boolean =>
  viewerOf(caller, ticket) === 'manager' || viewerOf(caller, ticket) === 'executor';

/**
 * Why a ticket is where it is (R-DESK-11): the decision that put it into its executor's hand, or, while it waits, the
 * planner run on the present state. Throws `ticket-not-found`, also for an executor who does not hold it.
 */
export const explainTicket = async (
  rt: Runtime,
  { caller, ticketId }: { caller: Caller; ticketId: string },
): Promise<WhyView> => {
  const ticket = await getTicket(rt, ticketId);
  if (!maySee(caller, ticket)) throw ticketMissing();
  if (waits(ticket)) return stillWaiting(rt, ticket);
  const made = ticket.decision && (await findDecision(rt, ticket.deskId, ticket.decision));
  return made ? explainRecorded(ticket, made) : blank(ticket);
};
