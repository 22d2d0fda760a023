import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { Check, CheckCheck, CornerDownRight, Waypoints } from 'lucide-react';
import { useState } from 'react';
import type { ThreadEntry, Ticket } from '../../api/types.ts';
import { peers } from '../../app/live/peers.ts';
import { currentUser } from '../../app/session/session.ts';
import { Entry } from '../../app/thread/entry.tsx';
import { Feed } from '../../app/thread/feed.tsx';
import type { ThreadEvent } from '../../app/thread/items.ts';
import { written } from '../../app/thread/product-entries.ts';
import { firstUnread, isRead, lastOf } from '../../app/thread/read-marks.ts';
import { useMarkRead } from '../../app/thread/use-mark-read.ts';
import { useValue } from '../../app/value-store.ts';
import { writeDraft } from '../../app/writing/drafts.ts';
import { outbox } from '../../app/writing/outbox.ts';
import type { Outgoing } from '../../app/writing/queue.ts';
import { clockText } from '../../parts/durations.ts';
import { PresenceDot } from '../../parts/person.tsx';
import { clockTime } from '../../parts/time-text.ts';
import { When } from '../../parts/when.tsx';
import { nameOf } from '../ticket-text.ts';
import { PLACE, useOpenPanel } from '../use-panel.ts';

interface TicketEvent extends ThreadEvent {
  readonly kind: 'continues' | 'assigned' | 'closed';
}

/** What happened to it, as far as the ticket says. */
const eventsOf = (ticket: Ticket): readonly TicketEvent[] => [
  ...(ticket.previousTicketId === undefined
    ? []
    : [{ kind: 'continues' as const, key: 'continues', at: ticket.createdAt }]),
  ...(ticket.assignedAt === undefined
    ? []
    : [{ kind: 'assigned' as const, key: 'assigned', at: ticket.assignedAt }]),
  ...(ticket.closedAt === undefined ? [] : [{ kind: 'closed' as const, key: 'closed', at: ticket.closedAt }]),
];

function Continues({ ticketId }: { readonly ticketId: string }) {
  return (
    <>
      <CornerDownRight />
      <Trans>
        Continues{' '}
        <Link to={PLACE} params={{ ticketId }} className="link">
          an earlier ticket
        </Link>
      </Trans>
    </>
  );
}

function Assigned({ ticket }: { readonly ticket: Ticket }) {
  const openPanel = useOpenPanel();
  const { i18n } = useLingui();
  const at = clockTime(ticket.assignedAt ?? ticket.createdAt, i18n.locale);
  const waited = (Date.parse(ticket.assignedAt ?? '') - Date.parse(ticket.orderedAt)) / 1000;
  const time = clockText(Math.max(0, Math.round(waited)));
  const mine = ticket.executorId === currentUser()?.userId;
  return (
    <>
      <Waypoints />
      <span className="num">
        {mine ? (
          <Trans>
            Assigned to you at {at} · waited {time}
          </Trans>
        ) : (
          <Trans>
            Assigned at {at} · waited {time}
          </Trans>
        )}
      </span>
      <button type="button" className="why" onClick={() => openPanel('why')}>
        <Trans>why</Trans>
      </button>
    </>
  );
}

function Event({ event, ticket }: { readonly event: TicketEvent; readonly ticket: Ticket }) {
  if (event.kind === 'continues') return <Continues ticketId={ticket.previousTicketId ?? ''} />;
  if (event.kind === 'assigned') return <Assigned ticket={ticket} />;
  return (
    <>
      <Check />
      <Trans>
        Closed at <When at={event.at} />
      </Trans>
    </>
  );
}

/** Under the last reply: that it is written, and that the client has seen it. */
function Tick({ entry, ticket }: { readonly entry: ThreadEntry; readonly ticket: Ticket }) {
  return isRead(entry, ticket.readUpTo?.client) ? (
    <>
      <CheckCheck />
      <Trans>Read</Trans>
    </>
  ) : (
    <>
      <Check />
      <Trans>Sent</Trans>
    </>
  );
}

interface WrittenProps {
  readonly entry: ThreadEntry;
  readonly ticket: Ticket;
  readonly isLastReply: boolean;
}

function Written({ entry, ticket, isLastReply }: WrittenProps) {
  const { t, i18n } = useLingui();
  const at = clockTime(entry.at, i18n.locale);
  const client = nameOf(ticket, i18n);
  if (entry.kind === 'client')
    return <Entry text={entry.text} files={entry.attachments} name={client} who={`${client} · ${at}`} />;
  const own = entry.authorId === undefined || entry.authorId === currentUser()?.userId;
  const name = own ? (currentUser()?.name ?? t`You`) : (entry.authorName ?? t`Somebody of the team`);
  const shown = own ? t`You` : name;
  const who = entry.kind === 'note' ? t`${shown} · note, only the team sees it · ${at}` : `${shown} · ${at}`;
  return (
    <Entry
      right
      look={entry.kind === 'note' ? 'note' : 'plain'}
      text={entry.text}
      files={entry.attachments}
      name={name}
      who={who}
      state={isLastReply ? <Tick entry={entry} ticket={ticket} /> : undefined}
    />
  );
}

function Typing({ ticket }: { readonly ticket: Ticket }) {
  const { t, i18n } = useLingui();
  const typing = useValue(peers).find(
    ({ topic, doing }) => doing === 'typing' && topic === `ticket:${ticket.ticketId}`,
  );
  if (!typing) return null;
  const who = typing.who === 'client' ? nameOf(ticket, i18n) : t`Somebody of the team`;
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
  const lastReply = lastOf(entries, 'reply');
  // Where it opens is decided once: what is read from then on does not move it.
  const [unreadId] = useState(() => firstUnread(entries, ticket.readUpTo?.you, 'client'));
  useMarkRead(
    ticket.ticketId,
    entries,
    ticket.lostAt === undefined && ticket.executorId === currentUser()?.userId,
  );
  const onEdit = ({ userId, thread, mode, text }: Outgoing): void =>
    writeDraft({ userId, thread, mode }, text);
  return (
    <Feed
      entries={written(entries)}
      events={eventsOf(ticket)}
      pending={pending}
      renderEntry={(entry) => (
        <Written entry={entry} ticket={ticket} isLastReply={entry.messageId === lastReply} />
      )}
      unreadId={unreadId}
      renderEvent={(event) => <Event event={event} ticket={ticket} />}
      onEdit={onEdit}
      tail={<Typing ticket={ticket} />}
    />
  );
}
