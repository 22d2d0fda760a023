import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { entriesOf, threadQuery } from '../app/writing/thread-query.ts';
import { Failed, Skeleton } from '../parts/states.tsx';
import { useClosing } from './closing.tsx';
import { Head } from './head.tsx';
import styles from './messages.module.css';
import type { OwnTicket } from './queries.ts';
import { ownTicketQuery } from './queries.ts';
import { QueueCard } from './queue-card.tsx';
import { Thread } from './thread.tsx';
import { usePlacing } from './use-placing.ts';
import { Writing } from './writing.tsx';

function Open({ ticket }: { readonly ticket: OwnTicket }) {
  const thread = useQuery(threadQuery(ticket.ticketId));
  const urgentRefused = usePlacing(ticket.ticketId);
  const closing = useClosing(ticket);
  const closed = ticket.state === 'closed';
  return (
    <div className={styles.inner}>
      <Head ticket={ticket} close={closing.command} />
      {thread.isPending && <Skeleton />}
      {thread.error && thread.data === undefined && (
        <Failed
          title={<Trans>The conversation could not be loaded</Trans>}
          problem={thread.error}
          onRetry={() => void thread.refetch()}
        />
      )}
      {thread.data && <Thread ticket={ticket} entries={entriesOf(thread.data)} />}
      {ticket.queue && <QueueCard queue={ticket.queue} />}
      {urgentRefused && (
        <p className={styles.closed} role="status">
          <Trans>Taken as ordinary: three urgent messages a day are granted.</Trans>
        </p>
      )}
      {closing.bar}
      <div className={styles.write}>
        {closed && (
          <span className="small muted">
            <Trans>This conversation is closed. Your next message opens a new one.</Trans>
          </span>
        )}
        <Writing thread={ticket.ticketId} name={ticket.handledBy?.displayName} urgent={ticket.urgent} />
      </div>
    </div>
  );
}

export function Conversation({ ticketId }: { readonly ticketId: string }) {
  const { data, error, refetch } = useQuery(ownTicketQuery(ticketId));
  if (data) return <Open ticket={data} />;
  if (!error) return <Skeleton />;
  return (
    <Failed
      title={<Trans>This conversation could not be loaded</Trans>}
      problem={error}
      onRetry={() => void refetch()}
    />
  );
}
