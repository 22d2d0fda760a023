import { Trans, useLingui } from '@lingui/react/macro';
import { PendingEntry } from '../app/thread/pending-entry.tsx';
import { useValue } from '../app/value-store.ts';
import { writeDraft } from '../app/writing/drafts.ts';
import { outbox } from '../app/writing/outbox.ts';
import { BackLink } from './head.tsx';
import styles from './messages.module.css';
import { usePlacing } from './use-placing.ts';
import { Writing } from './writing.tsx';

const THREAD = 'new';

/** The first message of a conversation: until it is put on a ticket it stands here. */
export function NewMessage() {
  const { t } = useLingui();
  usePlacing(THREAD);
  const pending = useValue(outbox).filter(({ thread }) => thread === THREAD);
  return (
    <div className={styles.inner}>
      <header className={styles.head}>
        <BackLink label={t`Back to the list`} />
        <h2 className="title">
          <Trans>New message</Trans>
        </h2>
      </header>
      <div className={styles.new}>
        <p className="muted">
          <Trans>
            Write what it is about. The next free person answers, and you see here where you stand in line.
          </Trans>
        </p>
        <Writing thread={THREAD} name={undefined} urgent={false} />
        {pending.map((item, index) => (
          <PendingEntry
            key={item.key}
            item={item}
            position={index + 1}
            of={pending.length}
            onEdit={({ userId, thread, mode, text }) => writeDraft({ userId, thread, mode }, text)}
          />
        ))}
      </div>
    </div>
  );
}
