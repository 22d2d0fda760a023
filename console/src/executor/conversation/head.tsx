import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { ArrowRightLeft, Check, ChevronLeft, Flame, Pause, UserRound } from 'lucide-react';
import type { Ticket } from '../../api/types.ts';
import { CommandButton } from '../../app/commands/command-button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { numberText } from '../../parts/number-text.ts';
import { subjectOf } from '../ticket-text.ts';
import { PLACE } from '../use-panel.ts';
import styles from './conversation.module.css';
import type { TicketCommands } from './use-ticket-commands.ts';

function Back() {
  const { t } = useLingui();
  return (
    <Link
      to={PLACE}
      params={{ ticketId: undefined }}
      className={styles.back}
      aria-label={t`Back to the list`}
    >
      <ChevronLeft />
    </Link>
  );
}

export function Head({
  ticket,
  commands,
  ours,
}: {
  readonly ticket: Ticket;
  readonly commands: TicketCommands;
  readonly ours: boolean;
}) {
  const { i18n } = useLingui();
  const { client, urgent, transfer, park, close } = commands;
  return (
    <header className={styles.head}>
      <Back />
      <div className="row grow">
        <h2 className="title cut">{subjectOf(ticket, i18n)}</h2>
        {ticket.number !== undefined && (
          <span className={classNames('muted', 'num', styles.number)}>{numberText(ticket.number)}</span>
        )}
      </div>
      <CommandButton command={client} square icon={<UserRound />} />
      {urgent && (
        <CommandButton
          command={urgent}
          square
          icon={<Flame className={ticket.urgent ? 'urgent' : undefined} />}
          aria-pressed={ticket.urgent}
        />
      )}
      {transfer && <CommandButton command={transfer} square icon={<ArrowRightLeft />} />}
      {park && <CommandButton command={park} square icon={<Pause />} />}
      {ours && close && <CommandButton command={close} icon={<Check />} />}
    </header>
  );
}
