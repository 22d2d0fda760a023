import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { Check, ChevronLeft } from 'lucide-react';
import type { Ticket } from '../api/types.ts';
import type { Command } from '../app/commands/command.ts';
import { CommandButton } from '../app/commands/command-button.tsx';
import { classNames } from '../parts/class-names.ts';
import { numberText } from '../parts/number-text.ts';
import styles from './messages.module.css';
import { PLACE } from './place.ts';
import { stateText, titleOf } from './ticket-text.ts';

export function BackLink({ label }: { readonly label: string }) {
  return (
    <Link to={PLACE} params={{ ticketId: undefined }} className={styles.back} aria-label={label}>
      <ChevronLeft />
    </Link>
  );
}

export function Head({ ticket, close }: { readonly ticket: Ticket; readonly close: Command | undefined }) {
  const { t, i18n } = useLingui();
  return (
    <header className={styles.head}>
      <BackLink label={t`Back to the list`} />
      <div className="grow">
        <h2 className={classNames('title', 'cut', styles.names)}>{titleOf(ticket, i18n)}</h2>
        <div className="small muted num cut">
          {ticket.number !== undefined && `${numberText(ticket.number)} · `}
          {stateText(ticket, i18n)}
        </div>
      </div>
      {close && <CommandButton command={close} square icon={<Check />} />}
    </header>
  );
}
