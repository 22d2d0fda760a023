import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { openPanel } from '../commands/panels.ts';
import { problemText } from '../problem-text.ts';
import { signOut } from '../session/session-keeper.ts';
import styles from './settings.module.css';

export default function SignOut() {
  const { i18n } = useLingui();
  const [problem, setProblem] = useState<unknown>();
  return (
    <Dialog open narrow onOpenChange={() => openPanel(undefined)} title={<Trans>Sign out?</Trans>}>
      <p>
        <Trans>In every tab of this browser. Drafts stay here and are shown to you alone.</Trans>
      </p>
      {problem !== undefined && <p className="urgent">{problemText(problem, i18n)}</p>}
      <div className={styles.foot}>
        <Button look="primary" onClick={() => void signOut().catch(setProblem)}>
          <Trans>Sign out</Trans>
        </Button>
        <Button look="ghost" onClick={() => openPanel(undefined)}>
          <Trans>Stay</Trans>
        </Button>
      </div>
    </Dialog>
  );
}
