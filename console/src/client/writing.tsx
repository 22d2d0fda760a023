import { Trans, useLingui } from '@lingui/react/macro';
import { ArrowUp, Flame } from 'lucide-react';
import { useState } from 'react';
import { sayTyping } from '../app/live/live.ts';
import { currentUser } from '../app/session/session.ts';
import { useDraftText } from '../app/thread/use-draft-text.ts';
import { WritingBox } from '../app/thread/writing-box.tsx';
import { send } from '../app/writing/outbox.ts';
import { useFiles } from '../app/writing/use-files.ts';
import { Button } from '../parts/button.tsx';
import styles from './messages.module.css';

interface WritingProps {
  /** A ticket's id, or `new`. */
  readonly thread: string;
  /** Who answers, if anybody does. */
  readonly name: string | undefined;
  /** Already so: then it is not asked. */
  readonly urgent: boolean;
  readonly onSent?: () => void;
}

/** Where a client writes. Urgency is asked for with the message; three a day are granted. */
export function Writing({ thread, name, urgent, onSent }: WritingProps) {
  const { t } = useLingui();
  const userId = currentUser()?.userId ?? '';
  const draft = useDraftText({ userId, thread, mode: 'message' });
  const files = useFiles();
  const [wantsUrgent, setWantsUrgent] = useState(false);
  const canSend = draft.text.trim() !== '' && files.ready && !draft.elsewhere;
  const sendIt = (): void => {
    if (!canSend) return;
    const text = draft.text.trim();
    send({ userId, thread, mode: 'message', text, files: files.sent, ...(wantsUrgent && { urgent: true }) });
    draft.write('');
    files.clear();
    setWantsUrgent(false);
    onSent?.();
  };
  const placeholder = name === undefined ? t`Write what it is about` : t`Write to ${name}`;
  return (
    <WritingBox
      draft={draft}
      files={files}
      label={t`Your message`}
      placeholder={placeholder}
      onSend={sendIt}
      onTyping={() => thread !== 'new' && sayTyping(`ticket:${thread}`)}
      tools={
        !urgent && (
          <button
            type="button"
            className={styles.toggle}
            aria-pressed={wantsUrgent}
            onClick={() => setWantsUrgent(!wantsUrgent)}
          >
            <Flame />
            <Trans>Urgent</Trans>
          </button>
        )
      }
      buttons={
        <Button look="primary" disabled={!canSend} onClick={sendIt}>
          <ArrowUp />
          <Trans>Send</Trans>
        </Button>
      }
    />
  );
}
