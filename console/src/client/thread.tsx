import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { Check, CheckCheck, CornerDownRight } from 'lucide-react';
import { useState } from 'react';
import type { ThreadEntry, Ticket } from '../api/types.ts';
import { peers } from '../app/live/peers.ts';
import { Entry } from '../app/thread/entry.tsx';
import { Feed } from '../app/thread/feed.tsx';
import type { ThreadEvent } from '../app/thread/items.ts';
import { closingReason, written } from '../app/thread/product-entries.ts';
import { firstUnread, isRead, lastOf } from '../app/thread/read-marks.ts';
import { useMarkRead } from '../app/thread/use-mark-read.ts';
import { useValue } from '../app/value-store.ts';
import { writeDraft } from '../app/writing/drafts.ts';
import { outbox } from '../app/writing/outbox.ts';
import { PresenceDot } from '../parts/person.tsx';
import { clockTime } from '../parts/time-text.ts';
import { When } from '../parts/when.tsx';
import { PLACE } from './place.ts';

interface TicketEvent extends ThreadEvent {
  readonly kind: 'continues' | 'closed';
}

const eventsOf = ({ previousTicketId, createdAt, closedAt }: Ticket): readonly TicketEvent[] => [
  ...(previousTicketId === undefined
    ? []
    : [{ kind: 'continues' as const, key: 'continues', at: createdAt }]),
  ...(closedAt === undefined ? [] : [{ kind: 'closed' as const, key: 'closed', at: closedAt }]),
];

interface EventProps {
  readonly event: TicketEvent;
  readonly ticket: Ticket;
  readonly reason: string | undefined;
}

function Event({ event, ticket, reason }: EventProps) {
  if (event.kind === 'closed')
    return (
      <span>
        <Trans>
          Closed at <When at={event.at} />
        </Trans>
        {reason !== undefined && `: ${reason}`}
      </span>
    );
  return (
    <>
      <CornerDownRight />
      <span>
        <Trans>
          This continues{' '}
          <Link to={PLACE} params={{ ticketId: ticket.previousTicketId }} className="link">
            an earlier conversation
          </Link>
        </Trans>
      </span>
    </>
  );
}

/** Under the client's last message. */
function Tick({ entry, ticket }: { readonly entry: ThreadEntry; readonly ticket: Ticket }) {
  const { i18n } = useLingui();
  const at = clockTime(entry.at, i18n.locale);
  return isRead(entry, ticket.readUpTo?.holder) ? (
    <>
      <CheckCheck />
      <Trans>Read</Trans>
    </>
  ) : (
    <>
      <Check />
      <Trans>Received {at}</Trans>
    </>
  );
}

function Written({
  entry,
  ticket,
  isLast,
}: {
  readonly entry: ThreadEntry;
  readonly ticket: Ticket;
  readonly isLast: boolean;
}) {
  const { t, i18n } = useLingui();
  const at = clockTime(entry.at, i18n.locale);
  if (entry.kind === 'client')
    return (
      <Entry
        right
        look="own"
        text={entry.text}
        files={entry.attachments}
        state={isLast ? <Tick entry={entry} ticket={ticket} /> : undefined}
      />
    );
  const name = entry.author?.displayName ?? ticket.handledBy?.displayName ?? t`The desk`;
  return <Entry text={entry.text} files={entry.attachments} who={`${name} · ${at}`} />;
}

/** Clients see the typing of whoever answers them, and nothing else of others. */
function Typing({ ticket: { ticketId, handledBy } }: { readonly ticket: Ticket }) {
  const { t } = useLingui();
  const typing = useValue(peers).find(
    ({ topic, doing }) => doing === 'typing' && topic === `ticket:${ticketId}`,
  );
  if (!typing) return null;
  const who = handledBy?.displayName ?? t`The desk`;
  return (
    <>
      <PresenceDot presence="online" />
      <Trans>{who} is writing…</Trans>
    </>
  );
}

export function Thread({
  ticket,
  entries,
}: {
  readonly ticket: Ticket;
  readonly entries: readonly ThreadEntry[];
}) {
  const pending = useValue(outbox).filter(({ thread }) => thread === ticket.ticketId);
  const [unreadId] = useState(() => firstUnread(entries, ticket.readUpTo?.you, 'reply'));
  const last = lastOf(entries, 'client');
  const reason = closingReason(entries);
  useMarkRead(ticket.ticketId, entries, true);
  return (
    <Feed
      entries={written(entries)}
      events={eventsOf(ticket)}
      pending={pending}
      unreadId={unreadId}
      tail={<Typing ticket={ticket} />}
      renderEntry={(entry) => <Written entry={entry} ticket={ticket} isLast={entry.messageId === last} />}
      renderEvent={(event) => <Event event={event} ticket={ticket} reason={reason} />}
      onEdit={({ userId, thread, mode, text }) => writeDraft({ userId, thread, mode }, text)}
    />
  );
}
