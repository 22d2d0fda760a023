import { useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Ticket } from '../../api/types.ts';
import type { Command } from '../../app/commands/command.ts';
import { useCommands } from '../../app/commands/registry.ts';
import { Strip } from '../../parts/strip.tsx';
import { useActions } from '../actions.ts';
import { nameOf } from '../ticket-text.ts';
import { PLACE } from '../use-panel.ts';
import { AcceptCard } from './accept-card.tsx';

/** Tickets to accept, the soonest deadline on top. A and D go to the open one if it is among them, else to the first. */
export function ToAccept({
  tickets,
  selected,
}: {
  readonly tickets: readonly Ticket[];
  readonly selected: string | undefined;
}) {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  const { accept, decline, refusal } = useActions();
  const [asking, setAsking] = useState<string>();
  const first = tickets.find(({ ticketId }) => ticketId === selected) ?? tickets[0];
  const group = t`Ticket to accept`;

  const acceptOf = (ticket: Ticket): Command => ({
    id: `accept ${ticket.ticketId}`,
    label: t`Accept`,
    group,
    ...(ticket === first && { keys: ['KeyA'] }),
    run: () =>
      void accept(ticket.ticketId).then((done) => {
        if (done) void navigate({ to: PLACE, params: { ticketId: ticket.ticketId } });
      }),
  });
  const declineOf = (ticket: Ticket): Command => ({
    id: `decline ${ticket.ticketId}`,
    label: t`Decline`,
    group,
    ...(ticket === first && { keys: ['KeyD'] }),
    run: () => setAsking(ticket.ticketId),
  });
  const named = (command: Command, ticket: Ticket): Command =>
    tickets.length > 1 ? { ...command, label: `${command.label}: ${nameOf(ticket, i18n)}` } : command;
  useCommands(
    tickets.flatMap((ticket) => [named(acceptOf(ticket), ticket), named(declineOf(ticket), ticket)]),
  );

  return (
    <>
      {refusal !== undefined && <Strip tone="urgent">{refusal}</Strip>}
      {tickets.map((ticket) => (
        <AcceptCard
          key={ticket.ticketId}
          ticket={ticket}
          selected={ticket.ticketId === selected}
          accept={acceptOf(ticket)}
          decline={declineOf(ticket)}
          asking={asking === ticket.ticketId}
          onKeep={() => setAsking(undefined)}
          onDecline={() => {
            setAsking(undefined);
            void decline(ticket.ticketId);
          }}
        />
      ))}
    </>
  );
}
