import { Trans } from '@lingui/react/macro';
import { Fragment } from 'react';
import { Key } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { useValue } from '../value-store.ts';
import { keysText } from './command.ts';
import styles from './help.module.css';
import { isMac, singleKeys } from './keys.ts';
import { openPanel } from './panels.ts';
import { commands } from './registry.ts';

/** The keys of what can be done now, from the same list as the palette. */
export default function Help() {
  const on = useValue(singleKeys);
  const withKeys = useValue(commands).filter(({ keys, mod }) => keys !== undefined && (on || mod));
  return (
    <Dialog open onOpenChange={() => openPanel(undefined)} title={<Trans>Keys</Trans>}>
      <div className={styles.table}>
        {[...Map.groupBy(withKeys, ({ group }) => group)].map(([group, list]) => (
          <Fragment key={group}>
            <div className={styles.group}>{group}</div>
            {list.map((command) => (
              <div key={command.id} className={styles.line}>
                <span className="cut">{command.label}</span>
                <Key name={keysText(command, isMac) ?? ''} />
              </div>
            ))}
          </Fragment>
        ))}
      </div>
      {!on && (
        <p className="muted">
          <Trans>Single keys are switched off in your settings.</Trans>
        </p>
      )}
    </Dialog>
  );
}
