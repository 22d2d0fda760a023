// @pure

import type { EventDraft } from '../../platform/events/event.ts';
import { entryAdded, ticketChanged, type ticketChanges } from '../events.ts';
import type { ThreadEntry, Ticket } from '../model.ts';

type TicketChangeName = (typeof ticketChanges)[number];

/** What the next version of a ticket brought, by its states. */
export const changeNameOf = (before: Ticket | undefined, after: Ticket): TicketChangeName => {
  if (!before) return 'opened';
  const entered = before.state !== after.state;
  switch (after.state) {
    case 'closed':
      return 'closed';
    case 'assigned':
      return entered || before.decision !== after.decision || before.executorId !== after.executorId
        ? 'assigned'
        : before.urgent === after.urgent
          ? 'other'
          : 'urgency';
    case 'waitingClient':
      return entered ? 'parked' : before.urgent === after.urgent ? 'other' : 'urgency';
    case 'accepted':
      if (entered) return before.state === 'waitingClient' ? 'returned' : 'accepted';
      return before.urgent === after.urgent ? 'other' : 'urgency';
    case 'waiting':
      if (!before.overdueAt && after.overdueAt) return 'overdue';
      return entered || before.waitingSince !== after.waitingSince || before.line !== after.line
        ? 'queued'
        : 'other';
  }
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
