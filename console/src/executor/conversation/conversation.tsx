import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Ticket } from '../../api/types.ts';
import { currentUser } from '../../app/session/session.ts';
import { entriesOf, threadQuery } from '../../app/writing/thread-query.ts';
import { Failed, Skeleton } from '../../parts/states.tsx';
import { Strip } from '../../parts/strip.tsx';
import { type TicketActions, useActions } from '../actions.ts';
import { ticketQuery } from '../queries.ts';
import { Ask, type Asking } from './ask.tsx';
import { Composer } from './composer.tsx';
import { Head } from './head.tsx';
import { ClosedFoot, LostFoot } from './over.tsx';
import { Thread } from './thread.tsx';
import { useTicketCommands } from './use-ticket-commands.ts';

/** Whose it is decides what stands under the thread. */
const isOurs = (ticket: Ticket): boolean =>
  ticket.executorId === currentUser()?.userId && ticket.lostAt === undefined;

function Foot({ ticket, actions }: { readonly ticket: Ticket; readonly actions: TicketActions }) {
  if (ticket.state === 'closed') return <ClosedFoot ticket={ticket} />;
  if (!isOurs(ticket)) return <LostFoot ticket={ticket} />;
  return <Composer ticket={ticket} actions={actions} />;
}

function Open({ ticket }: { readonly ticket: Ticket }) {
  const actions = useActions();
  const [asking, setAsking] = useState<Asking>();
  const thread = useQuery(threadQuery(ticket.ticketId));
  const ours = ticket.state !== 'closed' && isOurs(ticket);
  const commands = useTicketCommands(ticket, { actions, ask: setAsking, ours });
  return (
    <>
      <Head ticket={ticket} commands={commands} ours={ours} />
      {actions.refusal !== undefined && <Strip tone="urgent">{actions.refusal}</Strip>}
      {thread.isPending && <Skeleton />}
      {thread.error && thread.data === undefined && (
        <Failed
          title={<Trans>The conversation could not be loaded</Trans>}
          problem={thread.error}
          safe={<Trans>Your drafts are safe on this computer.</Trans>}
          onRetry={() => void thread.refetch()}
        />
      )}
      {thread.data && <Thread ticket={ticket} entries={entriesOf(thread.data)} />}
      {asking && ours && (
        <Ask ticket={ticket} asking={asking} actions={actions} onDone={() => setAsking(undefined)} />
      )}
      <Foot ticket={ticket} actions={actions} />
    </>
  );
}

export function Conversation({ ticketId }: { readonly ticketId: string }) {
  const { data, error, refetch } = useQuery(ticketQuery(ticketId));
  if (data) return <Open ticket={data} />;
  if (!error) return <Skeleton />;
  return (
    <Failed
      title={<Trans>This ticket could not be loaded</Trans>}
      problem={error}
      safe={<Trans>Your drafts are safe on this computer.</Trans>}
      onRetry={() => void refetch()}
    />
  );
}
