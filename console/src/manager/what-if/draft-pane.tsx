import { Plural, Trans } from '@lingui/react/macro';
import { Play } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { type Draft, triedSettings } from '../limits/settings.ts';
import { Stepper } from '../limits/stepper.tsx';
import manager from '../manager.module.css';
import type { Limits } from '../types.ts';
import { useAddress } from '../use-address.ts';
import styles from './what-if.module.css';

const ActivateDialog = lazy(() => import('../limits/activate-dialog.tsx'));

interface DraftProps {
  readonly limits: Limits;
  readonly draft: Draft;
  readonly busy: boolean;
  readonly refusal: string | undefined;
  readonly onRun: () => void;
}

/** The draft: it stands in the address until it is activated or discarded. */
export function DraftPane({ limits, draft, busy, refusal, onRun }: DraftProps) {
  const [, change] = useAddress();
  const [asking, setAsking] = useState(false);
  const count = Object.keys(draft).length;
  const discard = (): void =>
    change({
      ...Object.fromEntries(triedSettings.map(({ name }) => [name, undefined])),
      replay: undefined,
      v: undefined,
    });
  return (
    <section className={classNames(manager.card, styles.draft)}>
      <div className={styles.draftHead}>
        <h2 className="strong grow">
          <Trans>Draft</Trans>
        </h2>
        <span className="muted num">
          <Trans>against v{limits.version}, in force</Trans>
        </span>
      </div>
      <div className={styles.settings}>
        {triedSettings.map((setting) => (
          <Stepper
            key={setting.name}
            setting={setting}
            now={limits.values[setting.name]}
            value={draft[setting.name] ?? limits.values[setting.name]}
            onChange={(value) => change({ [setting.name]: value })}
          />
        ))}
      </div>
      <div className={styles.draftFoot}>
        {refusal !== undefined && (
          <p className={manager.refusal} role="alert">
            {refusal}
          </p>
        )}
        <Button onClick={onRun} disabled={busy || count === 0}>
          <Play />
          <Trans>Replay the day</Trans>
        </Button>
        <p className="small muted">
          <Trans>Takes effect within 5 s, takes no ticket away, is recorded under your name.</Trans>
        </p>
        <div className="row">
          <Button
            look="primary"
            className={styles.wide}
            disabled={count === 0}
            onClick={() => setAsking(true)}
          >
            {count === 0 ? (
              <Trans>No changes</Trans>
            ) : (
              <Plural value={count} one="Activate # change…" other="Activate # changes…" />
            )}
          </Button>
          <Button look="ghost" disabled={count === 0} onClick={discard}>
            <Trans>Discard</Trans>
          </Button>
        </div>
      </div>
      {asking && (
        <Suspense fallback={null}>
          <ActivateDialog
            deskId={limits.deskId ?? undefined}
            draft={draft}
            values={limits.values}
            version={limits.version}
            onClose={() => setAsking(false)}
            onDone={() => {
              setAsking(false);
              discard();
            }}
          />
        </Suspense>
      )}
    </section>
  );
}
