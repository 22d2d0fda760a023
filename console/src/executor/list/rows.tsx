import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { Flame, Pencil } from 'lucide-react';
import type { Ticket } from '../../api/types.ts';
import { currentUser } from '../../app/session/session.ts';
import { useHasDraft } from '../../app/writing/drafts.ts';
import { classNames } from '../../parts/class-names.ts';
import { useServerNow } from '../../parts/now.ts';
import { Tag } from '../../parts/tag.tsx';
import { spanText } from '../../parts/time-text.ts';
import { When } from '../../parts/when.tsx';
import { isUnread, nameOf, previewOf } from '../ticket-text.ts';
import { PLACE } from '../use-panel.ts';
import { lastAtOf } from './groups.ts';
import styles from './ticket-list.module.css';

/** `closes in 3 h`. */
function ClosesIn({ at }: { readonly at: string }) {
  const { i18n } = useLingui();
  const span = spanText(Date.parse(at) - useServerNow(60_000), i18n.locale);
  return (
    <span className="small num">
      <Trans>closes in {span}</Trans>
    </span>
  );
}

function Preview({ ticket, fresh }: { readonly ticket: Ticket; readonly fresh: boolean }) {
  const { i18n } = useLingui();
  const { mine, text } = previewOf(ticket, currentUser()?.userId, i18n);
  return (
    <span className={classNames('cut', 'grow', fresh && styles.fresh)}>
      {mine ? <Trans>You: {text}</Trans> : text}
    </span>
  );
}

export function Row({ ticket, selected }: { readonly ticket: Ticket; readonly selected: boolean }) {
  const { i18n } = useLingui();
  const hasDraft = useHasDraft(currentUser()?.userId ?? '', ticket.ticketId);
  const fresh = isUnread(ticket);
  return (
    <Link
      to={PLACE}
      params={{ ticketId: ticket.ticketId }}
      search={(before: object) => before}
      className={styles.row}
      data-selected={selected}
    >
      {fresh ? <span className={styles.unread} /> : <span />}
      <span className={classNames('cut', ticket.state !== 'waitingClient' && 'strong')}>
        {nameOf(ticket, i18n)}
        {fresh && (
          <span className="hidden-text">
            , <Trans>unread</Trans>
          </span>
        )}
      </span>
      <span className={styles.time}>
        <When at={lastAtOf(ticket)} />
      </span>
      <span className={styles.sub}>
        <Preview ticket={ticket} fresh={fresh} />
        {hasDraft && (
          <Tag>
            <Pencil />
            <Trans>Draft</Trans>
          </Tag>
        )}
        {ticket.urgent && (
          <Tag tone="urgent">
            <Flame />
            <Trans>Urgent</Trans>
          </Tag>
        )}
        {ticket.closesAt !== undefined && <ClosesIn at={ticket.closesAt} />}
      </span>
    </Link>
  );
}

export function HeldRows({ count, onShow }: { readonly count: number; readonly onShow: () => void }) {
  return (
    <button type="button" className={styles.held} onClick={onShow}>
      <Plural value={count} one="# new" other="# new" />
    </button>
  );
}
