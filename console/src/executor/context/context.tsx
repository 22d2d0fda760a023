import { Trans, useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { Button } from '../../parts/button.tsx';
import type { Panel } from '../use-panel.ts';
import { ClientCard } from './client-card.tsx';
import styles from './context.module.css';
import { WhyCard } from './why-card.tsx';

/** Beside the conversation: why it is here, and whose it is. */
export default function Context({
  ticketId,
  panel,
  onClose,
}: {
  readonly ticketId: string;
  readonly panel: Panel;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  return (
    <>
      <header className={styles.head}>
        <h2 className="title grow cut">{panel === 'why' ? <Trans>Why me?</Trans> : <Trans>Client</Trans>}</h2>
        <Button look="ghost" square aria-label={t`Close this panel`} onClick={onClose}>
          <X />
        </Button>
      </header>
      {panel === 'why' && <WhyCard ticketId={ticketId} />}
      <ClientCard ticketId={ticketId} />
    </>
  );
}
