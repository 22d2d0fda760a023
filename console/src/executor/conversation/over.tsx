import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { ArrowRightLeft, Check } from 'lucide-react';
import type { Ticket } from '../../api/types.ts';
import { currentUser } from '../../app/session/session.ts';
import { useDraft, writeDraft } from '../../app/writing/drafts.ts';
import { Button } from '../../parts/button.tsx';
import { Strip } from '../../parts/strip.tsx';
import { When } from '../../parts/when.tsx';
import { colleaguesQuery, whyQuery } from '../queries.ts';
import { nameOf } from '../ticket-text.ts';
import { useOpenPanel } from '../use-panel.ts';
import styles from './conversation.module.css';

/** What was typed and cannot be sent any more: to be copied or thrown away. */
function Unsent({ thread }: { readonly thread: string }) {
  const key = { userId: currentUser()?.userId ?? '', thread, mode: 'reply' };
  const draft = useDraft(key);
  if (draft === undefined) return null;
  return (
    <>
      <div className="row">
        <span className="small muted grow">
          <Trans>Your text was not sent</Trans>
        </span>
        <Button onClick={() => navigator.clipboard?.writeText(draft.text)}>
          <Trans>Copy</Trans>
        </Button>
        <Button look="ghost" onClick={() => writeDraft(key, '')}>
          <Trans>Discard</Trans>
        </Button>
      </div>
      <div className={styles.over} dir="auto">
        {draft.text}
      </div>
    </>
  );
}

/** Who has it now, as far as the desk says so to whoever lost it. */
const useHolder = (ticketId: string): string | undefined => {
  const { data: why } = useQuery(whyQuery(ticketId));
  const { data: colleagues } = useQuery(colleaguesQuery);
  return colleagues?.items.find(({ executorId }) => executorId === why?.executorId)?.name;
};

/** A ticket that went to somebody else, perhaps while something was being typed. */
export function LostFoot({ ticket }: { readonly ticket: Ticket }) {
  const holder = useHolder(ticket.ticketId);
  const openPanel = useOpenPanel();
  const since = ticket.lostAt ?? ticket.assignedAt;
  return (
    <>
      <Strip
        tone="late"
        icon={<ArrowRightLeft />}
        actions={
          <button type="button" className="why" onClick={() => openPanel('why')}>
            <Trans>why</Trans>
          </button>
        }
      >
        {holder === undefined ? (
          <Trans>This ticket is not yours any more</Trans>
        ) : (
          <Trans>{holder} has this ticket</Trans>
        )}
        {since !== undefined && (
          <>
            {' '}
            <Trans>
              since <When at={since} />
            </Trans>
          </>
        )}
        .
      </Strip>
      <div className={styles.foot}>
        <Unsent thread={ticket.ticketId} />
      </div>
    </>
  );
}

/** A closed ticket takes no more replies. */
export function ClosedFoot({ ticket }: { readonly ticket: Ticket }) {
  const { i18n } = useLingui();
  const name = nameOf(ticket, i18n);
  const mine = ticket.closedBy === currentUser()?.userId;
  return (
    <div className={styles.foot}>
      <Unsent thread={ticket.ticketId} />
      <div className={styles.over}>
        <span className="row muted">
          <Check />
          <span>
            {mine ? <Trans>Closed by you.</Trans> : <Trans>Closed.</Trans>}{' '}
            <Trans>The next message of {name} opens a new ticket.</Trans>
          </span>
        </span>
      </div>
    </div>
  );
}
