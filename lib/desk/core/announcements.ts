// @pure

import type { EventDraft } from '../../platform/events/event.ts';
import { entryAdded, ticketChanged } from '../events.ts';
import type { ThreadEntry, Ticket, TicketChangeName, TicketState } from '../model.ts';

const ENTERED: Readonly<Record<TicketState, TicketChangeName>> = {
  waiting: 'queued',
  assigned: 'assigned',
  accepted: 'accepted',
  waitingClient: 'parked',
  closed: 'closed',
};

/** In one state: whether it was handed, or put in line, once more. */
const entersAgain = (before: Ticket, after: Ticket): boolean =>
  after.state === 'assigned'
    ? before.decision !== after.decision || before.executorId !== after.executorId
    : before.waitingSince !== after.waitingSince || before.line !== after.line;

/** What the next version of a ticket brought, by its states. */
export const changeNameOf = (before: Ticket | undefined, after: Ticket): TicketChangeName => {
  if (!before) return 'opened';
  if (before.state === 'waitingClient' && after.state === 'accepted') return 'returned';
  if (before.state !== after.state || entersAgain(before, after)) return ENTERED[after.state];
  if (!before.overdueAt && after.overdueAt) return 'overdue';
  return before.urgent === after.urgent ? 'other' : 'urgency';
};

const whose = ({ id, deskId, clientId, executorId }: Ticket) => ({
  ticketId: id,
  deskId,
  clientId,
  ...(executorId && { executorId }),
});

/** Announces the next version of a ticket to whoever follows it. */
export const announceTicket = (before: Ticket | undefined, after: Ticket): EventDraft => {
  const { id, version, state, urgent } = after;
  return ticketChanged.draft(
    {
      ...whose(after),
      ...(before && before.deskId !== after.deskId && { fromDeskId: before.deskId }),
      ...(before?.executorId &&
        before.executorId !== after.executorId && { fromExecutorId: before.executorId }),
      state,
      urgent,
      change: changeNameOf(before, after),
    },
    { aggregate: { id, version } },
  );
};

/** Announces a new entry of a ticket's thread. */
export const announceEntry = (ticket: Ticket, { messageId, kind, at }: ThreadEntry): EventDraft =>
  entryAdded.draft({ ...whose(ticket), messageId, kind, at });
