import { useLingui } from '@lingui/react/macro';
import type { Ticket } from '../../api/types.ts';
import type { Command } from '../../app/commands/command.ts';
import { useCommands } from '../../app/commands/registry.ts';
import type { TicketActions } from '../actions.ts';
import { useOpenPanel } from '../use-panel.ts';
import type { Asking } from './ask.tsx';

export interface TicketCommands {
  readonly why: Command;
  readonly client: Command;
  /** These only while it is ours and in a state that allows them. */
  readonly urgent?: Command;
  readonly transfer?: Command;
  readonly park?: Command;
  readonly close?: Command;
}

interface Doing {
  readonly actions: TicketActions;
  readonly ask: (asking: Asking) => void;
  readonly ours: boolean;
}

/** What can be done with the open ticket; its buttons, keys and palette lines. */
export const useTicketCommands = (ticket: Ticket, { actions, ask, ours }: Doing): TicketCommands => {
  const { t } = useLingui();
  const openPanel = useOpenPanel();
  const group = t`This ticket`;
  const always = {
    why: { id: 'why', label: t`Why me`, group, keys: ['KeyW'], run: () => openPanel('why') },
    client: { id: 'client', label: t`Client`, group, keys: ['BracketLeft'], run: () => openPanel('client') },
  } as const satisfies TicketCommands;
  const urgent: Command = {
    id: 'urgent',
    label: ticket.urgent ? t`Mark as not urgent…` : t`Mark as urgent…`,
    group,
    keys: ['KeyU'],
    run: () => ask('urgency'),
  };
  const transfer: Command = {
    id: 'transfer',
    label: t`Transfer…`,
    group,
    keys: ['KeyT'],
    run: () => ask('transfer'),
  };
  const park: Command = {
    id: 'park',
    label: t`Park until the client answers`,
    group,
    keys: ['KeyP'],
    run: () => void actions.park(ticket.ticketId),
  };
  const close: Command = { id: 'close', label: t`Close`, group, keys: ['KeyC'], run: () => ask('close') };
  const own = { urgent, transfer, close, ...(ticket.state === 'accepted' && { park }) };
  const all: TicketCommands = { ...always, ...(ours && own) };
  useCommands(Object.values(all));
  return all;
};
