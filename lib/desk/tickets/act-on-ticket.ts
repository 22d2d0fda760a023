import { type Actor, audited } from '../../platform/audit.ts';
import { type Instant, instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { EventDraft } from '../../platform/events/event.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Change } from '../../platform/storage/change.ts';
import type { Commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import type { Write } from '../../platform/storage/write.ts';
import { commitChange, executorChange } from '../core/change.ts';
import { releasing } from '../core/executor.ts';
import { findExecutor, type StoredExecutor } from '../core/executor-repository.ts';
import { executorStays } from '../core/holder-repository.ts';
import { findLimitsOf } from '../core/limit-repository.ts';
import { getTicket, ticketMissing } from '../core/ticket-repository.ts';
import type { Executor, Limits, Ticket } from '../model.ts';
import { type ActingRole, type Action, evaluateAction } from './action-table.ts';

/** A user's action on a ticket. */
export interface TicketCommand extends Actor {
  readonly ticketId: string;
  /** The version they saw; undefined: whatever it is. */
  readonly ifMatch?: number | undefined;
}

/** Everything an action decides on, read consistently. */
export interface ActionView {
  readonly ticket: Ticket;
  /** The executor whose hand (or parked set) it is in; undefined while it waits. */
  readonly holder: StoredExecutor | undefined;
  readonly as: ActingRole;
  readonly at: Instant;
  /** Of the ticket's desk and the holder's home desk. */
  readonly limitsOf: (deskId: string) => Limits;
}

/** What an action comes to. */
export interface ActionOutcome {
  /** The ticket as it is afterwards. */
  readonly ticket: Ticket;
  /** Undefined: it was so already, nothing is written. */
  readonly change?: Change | undefined;
  readonly writes?: readonly Write[];
  /** For the audit log. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly answer?: Commit['answer'];
}

/** The action's name in the audit log. */
const auditNames: Readonly<Record<Action, string>> = {
  accept: 'ticket.accepted',
  decline: 'ticket.declined',
  reply: 'ticket.replied',
  note: 'ticket.noted',
  transfer: 'ticket.transferred',
  park: 'ticket.parked',
  urgency: 'ticket.urgency-set',
  close: 'ticket.closed',
  assign: 'ticket.assigned',
};

const refusal = (kind: 'missing' | 'moved' | 'closed' | 'state', { state }: Ticket): AppError => {
  if (kind === 'missing') return ticketMissing();
  if (kind === 'moved') return new AppError('conflict', 'ticket-moved', 'the ticket has moved on to others');
  if (kind === 'closed')
    return new AppError('conflict', 'ticket-closed', 'the ticket is closed, and that is final');
  return new AppError('conflict', 'ticket-state', `that cannot be done while the ticket is ${state}`);
};

const viewOf = async (rt: Runtime, action: Action, command: TicketCommand): Promise<ActionView> => {
  const ticket = await getTicket(rt, command.ticketId);
  const holder = ticket.executorId ? await findExecutor(rt, ticket.executorId) : undefined;
  const verdict = evaluateAction(action, { ticket, holder: holder?.executor, user: command.caller });
  if (verdict.kind !== 'allowed') throw refusal(verdict.kind, ticket);
  if (command.ifMatch !== undefined && command.ifMatch !== ticket.version) {
    throw new AppError('stale', 'stale', 'the ticket has changed since you read it');
  }
  const deskIds = [ticket.deskId, holder?.executor.homeDeskId ?? ticket.deskId];
  return {
    ticket,
    holder,
    as: verdict.as,
    at: instant(rt.clock.nowMs()),
    limitsOf: await findLimitsOf(rt, deskIds),
  };
};

const auditedAction = (
  rt: Runtime,
  entry: { action: Action; command: TicketCommand; view: ActionView; details?: ActionOutcome['details'] },
): EventDraft[] => {
  const { action, command, view, details } = entry;
  if (view.as === 'client') return [];
  const { id, deskId, state } = view.ticket;
  return [
    audited(rt, command, {
      action: auditNames[action],
      subject: `ticket/${id}`,
      deskId,
      details: { as: view.as, state, ...details },
    }),
  ];
};

/**
 * Load → check → decide → commit, anew whenever somebody else was first. What staff do is audited in the same commit.
 * Throws AppError `ticket-not-found`, `ticket-moved`, `ticket-closed`, `ticket-state`, `stale`, and what `decide` throws.
 */
export const actOnTicket = (
  rt: Runtime,
  { action, command }: { action: Action; command: TicketCommand },
  decide: (view: ActionView) => ActionOutcome | Promise<ActionOutcome>,
): Promise<Ticket> =>
  untilCommitted(rt, async () => {
    const view = await viewOf(rt, action, command);
    const { ticket, change, writes = [], details, answer } = await decide(view);
    if (!change) return ticket;
    const events = auditedAction(rt, { action, command, view, details });
    await commitChange(rt, change, { writes, events, ...(answer && { answer }) });
    return ticket;
  });

/** The holder in their next version; nothing when nobody holds the ticket. */
export const holderChange = (
  rt: Runtime,
  { holder, limitsOf }: ActionView,
  next: (executor: Executor) => Executor,
): Change | undefined =>
  holder &&
  executorChange(rt, {
    before: holder,
    after: next(holder.executor),
    limits: limitsOf(holder.executor.homeDeskId),
  });

/** The ticket leaves its holder's hand. */
export const holderReleases = (rt: Runtime, view: ActionView): Change | undefined =>
  holderChange(rt, view, (executor) => releasing(executor, [view.ticket.id]));

/**
 * Where nothing of the executor changes, the commit still holds them to the epoch that was read: somebody who was taken
 * off the desk a moment ago cannot send one more reply (R-DESK-08).
 */
export const holderStays = (rt: Runtime, { as, holder }: ActionView): Write[] =>
  as === 'executor' && holder ? [executorStays(rt, holder.executor)] : [];
