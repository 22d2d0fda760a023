import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, UserPlus, Waypoints } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { ThreadEntry, Ticket } from '../../api/types.ts';
import type { Command } from '../../app/commands/command.ts';
import { CommandButton } from '../../app/commands/command-button.tsx';
import { useCommands } from '../../app/commands/registry.ts';
import { Entry } from '../../app/thread/entry.tsx';
import { Feed } from '../../app/thread/feed.tsx';
import { entriesOf, threadQuery } from '../../app/writing/thread-query.ts';
import { Button } from '../../parts/button.tsx';
import { Failed, Skeleton } from '../../parts/states.tsx';
import { Tag } from '../../parts/tag.tsx';
import { clockTime } from '../../parts/time-text.ts';
import { ticketQuery } from '../queries.ts';
import { numberOrId } from '../ticket-number.tsx';
import { useStateNames } from './ticket-list.tsx';
import styles from './tickets.module.css';

const WhyDialog = lazy(() => import('../why/why-dialog.tsx'));
const AssignDialog = lazy(() => import('../actions/assign-dialog.tsx'));

function Written({ entry, ticket }: { readonly entry: ThreadEntry; readonly ticket: Ticket }) {
  const { t, i18n } = useLingui();
  const at = clockTime(entry.at, i18n.locale);
  if (entry.kind === 'client') {
    const name = ticket.client?.name ?? t`Client without a name`;
    return <Entry text={entry.text} files={entry.attachments} name={name} who={`${name} · ${at}`} />;
  }
  if (entry.kind === 'system') return <p className={styles.system}>{`${entry.text} · ${at}`}</p>;
  const name = entry.authorName ?? t`Somebody of the team`;
  const isNote = entry.kind === 'note';
  const who = isNote ? t`${name} · note, only the team sees it · ${at}` : `${name} · ${at}`;
  return (
    <Entry
      right
      look={isNote ? 'note' : 'plain'}
      text={entry.text}
      files={entry.attachments}
      name={name}
      who={who}
    />
  );
}

type Over = 'why' | 'assign';

function Head({
  ticket,
  onOpen,
  onBack,
}: {
  readonly ticket: Ticket;
  readonly onOpen: (over: Over) => void;
  readonly onBack: () => void;
}) {
  const { t } = useLingui();
  const names = useStateNames();
  const group = t`This ticket`;
  const back: Command = { id: 'back', label: t`Back to the list`, group, keys: ['Escape'], run: onBack };
  const why: Command = {
    id: 'why',
    label: t`Why is it there`,
    group,
    keys: ['KeyW'],
    run: () => onOpen('why'),
  };
  const assign: Command = {
    id: 'assign',
    label: t`Assign…`,
    group,
    keys: ['KeyA'],
    run: () => onOpen('assign'),
  };
  const open = ticket.state !== 'closed';
  useCommands([back, why, ...(open ? [assign] : [])]);
  return (
    <header className={styles.head}>
      <Button look="ghost" square className={styles.back} aria-label={back.label} onClick={onBack}>
        <ArrowLeft />
      </Button>
      <div className={styles.heading}>
        <h2 className="strong cut">{ticket.card?.subject ?? t`Ticket`}</h2>
        <span className="small muted cut">
          {numberOrId(ticket.ticketId, ticket.number)} · {ticket.client?.name ?? t`Client without a name`} ·{' '}
          {names[ticket.state]}
          {ticket.executorName !== undefined && ` · ${ticket.executorName}`}
        </span>
      </div>
      {ticket.urgent && (
        <Tag tone="urgent">
          <Trans>Urgent</Trans>
        </Tag>
      )}
      <CommandButton command={why} icon={<Waypoints />} />
      {open && <CommandButton command={assign} icon={<UserPlus />} />}
    </header>
  );
}

/** A conversation as it is, to be read; what a manager can do stands above it. */
export function Conversation({
  ticketId,
  onBack,
}: {
  readonly ticketId: string;
  readonly onBack: () => void;
}) {
  const { data: ticket, error, refetch } = useQuery(ticketQuery(ticketId));
  const thread = useQuery(threadQuery(ticketId));
  const [over, setOver] = useState<Over>();
  const close = (): void => setOver(undefined);
  if (ticket === undefined)
    return error ? (
      <Failed
        title={<Trans>The ticket could not be loaded</Trans>}
        problem={error}
        onRetry={() => void refetch()}
      />
    ) : (
      <Skeleton lines={8} />
    );
  return (
    <>
      <Head ticket={ticket} onOpen={setOver} onBack={onBack} />
      {thread.data === undefined ? (
        thread.error ? (
          <Failed
            title={<Trans>The conversation could not be loaded</Trans>}
            problem={thread.error}
            onRetry={() => void thread.refetch()}
          />
        ) : (
          <Skeleton lines={8} />
        )
      ) : (
        <Feed
          entries={entriesOf(thread.data)}
          events={[]}
          pending={[]}
          renderEntry={(entry) => <Written entry={entry} ticket={ticket} />}
          renderEvent={() => null}
          onEdit={() => undefined}
        />
      )}
      <Suspense fallback={null}>
        {over === 'why' && <WhyDialog ticketId={ticketId} deskId={ticket.deskId} onClose={close} />}
        {over === 'assign' && <AssignDialog ticketId={ticketId} deskId={ticket.deskId} onClose={close} />}
      </Suspense>
    </>
  );
}
