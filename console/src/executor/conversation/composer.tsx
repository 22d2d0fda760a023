import { Trans, useLingui } from '@lingui/react/macro';
import { useSearch } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import { useRef } from 'react';
import type { Ticket } from '../../api/types.ts';
import type { Command } from '../../app/commands/command.ts';
import { isMac } from '../../app/commands/keys.ts';
import { useCommands } from '../../app/commands/registry.ts';
import { sayTyping } from '../../app/live/live.ts';
import { currentUser } from '../../app/session/session.ts';
import styles from '../../app/thread/composer.module.css';
import { useDraftText } from '../../app/thread/use-draft-text.ts';
import { WritingBox } from '../../app/thread/writing-box.tsx';
import { send } from '../../app/writing/outbox.ts';
import { useFiles } from '../../app/writing/use-files.ts';
import { Button, Key } from '../../parts/button.tsx';
import type { TicketActions } from '../actions.ts';
import { nameOf } from '../ticket-text.ts';
import { useMode } from './use-mode.ts';

type Mode = 'reply' | 'note';

function Tabs({ mode, onChoose }: { readonly mode: Mode; readonly onChoose: (mode: Mode) => void }) {
  return (
    <div role="tablist" className="row">
      <button
        type="button"
        role="tab"
        className={styles.tab}
        aria-selected={mode === 'reply'}
        onClick={() => onChoose('reply')}
      >
        <Trans>Reply</Trans>
        <Key name="R" />
      </button>
      <button
        type="button"
        role="tab"
        className={styles.tab}
        aria-selected={mode === 'note'}
        onClick={() => onChoose('note')}
      >
        <Lock />
        <Trans>Note</Trans>
        <Key name="N" />
      </button>
    </div>
  );
}

/** What sending does, where that is not plain. */
function Hint({ mode, state }: { readonly mode: Mode; readonly state: Ticket['state'] }) {
  if (mode === 'note')
    return (
      <span className="small late row">
        <Lock />
        <Trans>Only the team sees this</Trans>
      </span>
    );
  if (state === 'assigned')
    return (
      <span className="small muted">
        <Trans>Sending accepts the ticket</Trans>
      </span>
    );
  if (state !== 'waitingClient') return null;
  return (
    <span className="small muted">
      <Trans>Answering leaves it parked</Trans>
    </span>
  );
}

/** What is written to the client, or to the team alone: each with a draft of its own. */
export function Composer({ ticket, actions }: { readonly ticket: Ticket; readonly actions: TicketActions }) {
  const { t, i18n } = useLingui();
  const text = useRef<HTMLTextAreaElement>(null);
  const search = useSearch({ strict: false }) as { readonly mode?: Mode };
  const mode: Mode = search.mode === 'note' ? 'note' : 'reply';
  const choose = useMode();
  const userId = currentUser()?.userId ?? '';
  const thread = ticket.ticketId;
  const draft = useDraftText({ userId, thread, mode });
  const files = useFiles();
  const name = nameOf(ticket, i18n);
  const canSend = draft.text.trim() !== '' && files.ready && !draft.elsewhere;

  const sendIt = (thenPark: boolean): void => {
    if (!canSend) return;
    send({ userId, thread, mode, text: draft.text.trim(), files: files.sent, ...(thenPark && { thenPark }) });
    draft.write('');
    files.clear();
  };
  const focus = (next: Mode): void => {
    choose(next);
    text.current?.focus();
  };
  const group = t`This ticket`;
  const commands: readonly Command[] = [
    { id: 'reply', label: t`Reply`, group, keys: ['KeyR'], run: () => focus('reply') },
    { id: 'note', label: t`Note`, group, keys: ['KeyN'], run: () => focus('note') },
    ...(canSend
      ? [{ id: 'send', label: mode === 'note' ? t`Add note` : t`Send`, group, run: () => sendIt(false) }]
      : []),
  ];
  useCommands(commands);
  const parks = mode === 'reply' && ticket.state !== 'waitingClient';
  return (
    <div className={styles.composer}>
      <Hint mode={mode} state={ticket.state} />
      <WritingBox
        draft={draft}
        files={files}
        note={mode === 'note'}
        label={mode === 'note' ? t`Note` : t`Reply to ${name}`}
        placeholder={mode === 'note' ? t`Write to the team` : t`Write to ${name}`}
        textRef={text}
        onSend={() => sendIt(false)}
        onTyping={() => mode === 'reply' && sayTyping(`ticket:${thread}`)}
        tabs={<Tabs mode={mode} onChoose={focus} />}
        buttons={
          <>
            {parks && (
              <Button look="ghost" disabled={!canSend || actions.busy} onClick={() => sendIt(true)}>
                <Trans>Send and park</Trans>
              </Button>
            )}
            <Button
              look="primary"
              disabled={!canSend}
              keyName={isMac ? '⌘↵' : 'Ctrl ↵'}
              onClick={() => sendIt(false)}
            >
              {mode === 'note' ? <Trans>Add note</Trans> : <Trans>Send</Trans>}
            </Button>
          </>
        }
      />
    </div>
  );
}
