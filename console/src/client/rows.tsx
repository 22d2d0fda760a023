import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Ticket } from '../api/types.ts';
import { When } from '../parts/when.tsx';
import styles from './messages.module.css';
import { PLACE } from './place.ts';
import { isOpen, stateText, titleOf } from './ticket-text.ts';

function Row({ ticket, selected }: { readonly ticket: Ticket; readonly selected: boolean }) {
  const { i18n } = useLingui();
  const fresh = (ticket.unread ?? 0) > 0;
  return (
    <Link to={PLACE} params={{ ticketId: ticket.ticketId }} className={styles.row} data-selected={selected}>
      {fresh ? <span className={styles.unread} /> : <span />}
      <span className="cut strong">{titleOf(ticket, i18n)}</span>
      <span className="small muted">
        <When at={ticket.card?.lastEntry?.at ?? ticket.createdAt} />
      </span>
      <span className={styles.sub}>
        <span className="row">
          <span className="cut grow">
            {ticket.card?.lastEntry?.kind === 'system' ? '' : (ticket.card?.preview ?? '')}
          </span>
          <span className="small">{stateText(ticket, i18n)}</span>
        </span>
      </span>
    </Link>
  );
}

function Group({
  name,
  tickets,
  selected,
}: {
  readonly name: ReactNode;
  readonly tickets: readonly Ticket[];
  readonly selected: string | undefined;
}) {
  if (tickets.length === 0) return null;
  return (
    <section>
      <h2 className={styles.group}>{name}</h2>
      {tickets.map((ticket) => (
        <Row key={ticket.ticketId} ticket={ticket} selected={ticket.ticketId === selected} />
      ))}
    </section>
  );
}

export function Rows({
  tickets,
  selected,
}: {
  readonly tickets: readonly Ticket[];
  readonly selected: string | undefined;
}) {
  return (
    <>
      <Group name={<Trans>Open</Trans>} tickets={tickets.filter(isOpen)} selected={selected} />
      <Group
        name={<Trans>Earlier</Trans>}
        tickets={tickets.filter((ticket) => !isOpen(ticket))}
        selected={selected}
      />
    </>
  );
}
