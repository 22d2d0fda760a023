import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import type { Ticket } from '../../api/types.ts';
import { Button } from '../../parts/button.tsx';
import type { TicketActions } from '../actions.ts';
import { colleaguesQuery } from '../queries.ts';
import styles from './conversation.module.css';

/** What is asked in place before it is done. */
export type Asking = 'close' | 'urgency' | 'transfer';

interface AskProps {
  readonly ticket: Ticket;
  readonly actions: TicketActions;
  readonly onDone: () => void;
}

/** Esc takes the question back. */
function Bar({
  label,
  onDone,
  children,
}: {
  readonly label: string;
  readonly onDone: () => void;
  readonly children: ReactNode;
}) {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onDone();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a frame and a legend of its own
    <div className={styles.ask} role="group" aria-label={label} onKeyDown={onKeyDown}>
      {children}
    </div>
  );
}

function AskClose({ ticket, actions, onDone }: AskProps) {
  const { t } = useLingui();
  return (
    <Bar label={t`Close this ticket`} onDone={onDone}>
      <span className={styles.askText}>
        <Trans>Close this ticket? Closing is final; the client’s next message opens a new one.</Trans>
      </span>
      <Button
        look="primary"
        keyName="↵"
        autoFocus
        onClick={() => {
          onDone();
          void actions.close(ticket.ticketId);
        }}
      >
        <Trans>Close</Trans>
      </Button>
      <Button look="ghost" keyName="Esc" onClick={onDone}>
        <Trans>Keep</Trans>
      </Button>
    </Bar>
  );
}

function AskUrgency({ ticket, actions, onDone }: AskProps) {
  const { t } = useLingui();
  const [reason, setReason] = useState('');
  const urgent = !ticket.urgent;
  return (
    <Bar label={urgent ? t`Mark as urgent` : t`Mark as not urgent`} onDone={onDone}>
      <input
        className={styles.reason}
        aria-label={t`Reason`}
        placeholder={urgent ? t`Why is it urgent?` : t`Why is it not urgent?`}
        value={reason}
        maxLength={500}
        autoFocus
        onChange={(event) => setReason(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing || reason.trim() === '') return;
          onDone();
          void actions.setUrgency(ticket.ticketId, { urgent, reason: reason.trim() });
        }}
      />
      <Button
        look="primary"
        disabled={reason.trim() === ''}
        keyName="↵"
        onClick={() => {
          onDone();
          void actions.setUrgency(ticket.ticketId, { urgent, reason: reason.trim() });
        }}
      >
        {urgent ? <Trans>Urgent</Trans> : <Trans>Not urgent</Trans>}
      </Button>
      <Button look="ghost" keyName="Esc" onClick={onDone}>
        <Trans>Keep</Trans>
      </Button>
    </Bar>
  );
}

function AskTransfer({ ticket, actions, onDone }: AskProps) {
  const { t } = useLingui();
  const { data, error } = useQuery(colleaguesQuery);
  const roomOf = ({ room, urgentRoom }: { readonly room: number; readonly urgentRoom: number }): number =>
    ticket.urgent ? urgentRoom : room;
  const able = data?.items.filter((colleague) => roomOf(colleague) > 0) ?? [];
  return (
    <Bar label={t`Transfer this ticket`} onDone={onDone}>
      <span className={styles.askText}>
        {able.length > 0 ? <Trans>To whom? They have to accept it.</Trans> : null}
        {data && able.length === 0 && <Trans>Nobody on your desk has room now.</Trans>}
        {error && <Trans>Your colleagues could not be loaded.</Trans>}
      </span>
      <Button look="ghost" keyName="Esc" onClick={onDone} autoFocus={able.length === 0}>
        <Trans>Keep</Trans>
      </Button>
      {able.length > 0 && (
        <span className={styles.people}>
          {able.map((colleague, index) => (
            <Button
              key={colleague.executorId}
              autoFocus={index === 0}
              onClick={() => {
                onDone();
                void actions.transfer(ticket.ticketId, { executorId: colleague.executorId });
              }}
            >
              {colleague.name}
              <span className="muted num">{roomOf(colleague)}</span>
            </Button>
          ))}
        </span>
      )}
    </Bar>
  );
}

export function Ask({ asking, ...props }: AskProps & { readonly asking: Asking }) {
  if (asking === 'close') return <AskClose {...props} />;
  if (asking === 'urgency') return <AskUrgency {...props} />;
  return <AskTransfer {...props} />;
}
