import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { Flame } from 'lucide-react';
import type { Ticket } from '../../api/types.ts';
import type { Command } from '../../app/commands/command.ts';
import { CommandButton } from '../../app/commands/command-button.tsx';
import { Button } from '../../parts/button.tsx';
import { Countdown, Ring } from '../../parts/countdown.tsx';
import { Tag } from '../../parts/tag.tsx';
import { nameOf, subjectOf } from '../ticket-text.ts';
import { PLACE } from '../use-panel.ts';
import styles from './ticket-list.module.css';

interface AcceptCardProps {
  readonly ticket: Ticket;
  readonly selected: boolean;
  readonly accept: Command;
  readonly decline: Command;
  /** Declining asks in place. */
  readonly asking: boolean;
  readonly onDecline: () => void;
  readonly onKeep: () => void;
}

function Actions({ ticket, accept, decline, asking, onDecline, onKeep }: AcceptCardProps) {
  if (asking)
    return (
      <div className={styles.actions}>
        <span className="grow">
          <Trans>Back to the line?</Trans>
        </span>
        <Button look="danger" onClick={onDecline} keyName="↵" autoFocus>
          <Trans>Decline</Trans>
        </Button>
        <Button onClick={onKeep}>
          <Trans>Keep</Trans>
        </Button>
      </div>
    );
  return (
    <div className={styles.actions}>
      <CommandButton command={accept} look="primary" />
      <CommandButton command={decline} />
      <span className="grow" />
      {ticket.acceptBy !== undefined && <Countdown until={ticket.acceptBy} spoken />}
    </div>
  );
}

/** A ticket that waits to be accepted: whose it is, what it is about, and how long it waits. */
export function AcceptCard(props: AcceptCardProps) {
  const { i18n, t } = useLingui();
  const { ticket, selected } = props;
  const name = nameOf(ticket, i18n);
  return (
    <section className={styles.card} data-current={selected} aria-label={t`To accept: ${name}`}>
      <Link
        to={PLACE}
        params={{ ticketId: ticket.ticketId }}
        search={(before: object) => before}
        className={styles.open}
      >
        {ticket.acceptBy !== undefined && (
          <Ring from={ticket.assignedAt ?? ticket.createdAt} until={ticket.acceptBy} />
        )}
        <span className="grow">
          <span className="row">
            <span className="strong cut grow">{name}</span>
            {ticket.urgent && (
              <Tag tone="urgent">
                <Flame />
                <Trans>Urgent</Trans>
              </Tag>
            )}
          </span>
          <span className="row">
            <span className="cut">{subjectOf(ticket, i18n)}</span>
          </span>
        </span>
      </Link>
      <Actions {...props} />
    </section>
  );
}
