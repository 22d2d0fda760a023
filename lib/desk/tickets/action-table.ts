// @pure

import type { Role } from '../../platform/caller.ts';
import { holdingOf, nextState, type TicketAction } from '../core/ticket-states.ts';
import type { Executor, Ticket, TicketState } from '../model.ts';

/** What a user does to a ticket, as the API has it. */
export const actions = [
  'accept',
  'decline',
  'reply',
  'note',
  'transfer',
  'park',
  'urgency',
  'close',
  'assign',
] as const;
export type Action = (typeof actions)[number];

/** The role in which a user acts: the ticket's client, the executor who holds it, or a manager. */
export type ActingRole = 'client' | 'executor' | 'manager';

interface ActionRule {
  readonly by: readonly ActingRole[];
  /** The state table must have this step; without one every open ticket will do. */
  readonly step?: TicketAction;
  /** Managers speak up or move it in whatever open state it is, which stays as it is but for where it waits. */
  readonly managersAnytime?: boolean;
  /** Narrower than the step: not every way back into line is everybody's. */
  readonly from?: readonly TicketState[];
}

/** Who may do what (R-DESK-10). The states follow from the state table. */
export const actionTable: Readonly<Record<Action, ActionRule>> = {
  accept: { by: ['executor'], step: 'accept' },
  decline: { by: ['executor'], step: 'requeue', from: ['assigned', 'accepted'] },
  reply: { by: ['executor', 'manager'], step: 'reply', managersAnytime: true },
  note: { by: ['executor', 'manager'] },
  transfer: { by: ['executor', 'manager'], step: 'hand' },
  park: { by: ['executor'], step: 'park' },
  urgency: { by: ['executor', 'manager'] },
  close: { by: ['client', 'executor', 'manager'], step: 'close' },
  assign: { by: ['manager'], step: 'hand' },
};

export interface ActingUser {
  readonly id: string;
  readonly roles: readonly Role[];
}

export type ActionVerdict =
  | { readonly kind: 'allowed'; readonly as: ActingRole }
  /** Not theirs and never was: the answer does not reveal that it exists. */
  | { readonly kind: 'missing' }
  /** They held it once (R-DESK-08). */
  | { readonly kind: 'moved' }
  | { readonly kind: 'closed' }
  /** Theirs, but not in this state. */
  | { readonly kind: 'state' };

type Holder = Pick<Executor, 'id' | 'epoch'> | undefined;

const actingRoleOf = (
  rule: ActionRule,
  { ticket, holder, user }: { ticket: Ticket; holder: Holder; user: ActingUser },
): ActingRole | 'moved' | 'missing' => {
  const may = (role: ActingRole): boolean => rule.by.includes(role) && user.roles.includes(role);
  if (may('client') && ticket.clientId === user.id) return 'client';
  const own = { id: user.id, epoch: holder?.id === user.id ? holder.epoch : -1 };
  const holding = may('executor') ? holdingOf(ticket, own) : 'never';
  if (holding === 'holds') return 'executor';
  if (may('manager')) return 'manager';
  return holding === 'moved' ? 'moved' : 'missing';
};

/** Whether a user may do this to this ticket now, and in what role. `holder` is the ticket's executor. */
export const evaluateAction = (
  action: Action,
  about: { ticket: Ticket; holder: Holder; user: ActingUser },
): ActionVerdict => {
  const rule = actionTable[action];
  const role = actingRoleOf(rule, about);
  if (role === 'missing' || role === 'moved') return { kind: role };
  const { state } = about.ticket;
  if (state === 'closed') return { kind: 'closed' };
  const free = rule.managersAnytime && role === 'manager';
  const inTable = free || !rule.step || nextState(state, rule.step) !== undefined;
  const inRule = !rule.from || rule.from.includes(state);
  return inTable && inRule ? { kind: 'allowed', as: role } : { kind: 'state' };
};
