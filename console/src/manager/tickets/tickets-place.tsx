import { Trans } from '@lingui/react/macro';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Inbox } from 'lucide-react';
import { Centre } from '../../parts/states.tsx';
import { PlaceHead } from '../place-head.tsx';
import { Conversation } from './conversation.tsx';
import { TICKETS, TicketList } from './ticket-list.tsx';
import styles from './tickets.module.css';

/** All tickets of a desk, and one of them to be read. */
export default function TicketsPlace() {
  const { ticketId } = useParams({ strict: false });
  const navigate = useNavigate();
  const back = (): void =>
    void navigate({ to: TICKETS, params: { ticketId: undefined }, search: (before: object) => before });
  return (
    <div className={styles.panes} data-open={ticketId !== undefined}>
      <section className={styles.list}>
        <PlaceHead title={<Trans>Tickets</Trans>} />
        <TicketList selected={ticketId} />
      </section>
      <main className={styles.thing}>
        {ticketId === undefined ? (
          <Centre icon={<Inbox />} title={<Trans>No ticket is open</Trans>}>
            <Trans>Choose one of the list.</Trans>
          </Centre>
        ) : (
          <Conversation key={ticketId} ticketId={ticketId} onBack={back} />
        )}
      </main>
    </div>
  );
}
