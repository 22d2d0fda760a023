import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Failed, Skeleton } from '../../parts/states.tsx';
import manager from '../manager.module.css';
import { PlaceHead } from '../place-head.tsx';
import { limitsQuery } from '../queries.ts';
import type { Limits } from '../types.ts';
import { useAddress, useDeskId } from '../use-address.ts';
import { History } from './history.tsx';
import styles from './limits.module.css';
import { type Draft, draftIn, settings, triedSettings } from './settings.ts';
import { Stepper } from './stepper.tsx';

const ActivateDialog = lazy(() => import('./activate-dialog.tsx'));

function Foot({
  limits,
  draft,
  onDiscard,
}: {
  readonly limits: Limits;
  readonly draft: Draft;
  readonly onDiscard: () => void;
}) {
  const [asking, setAsking] = useState(false);
  const count = Object.keys(draft).length;
  const tried = Object.fromEntries(
    triedSettings.flatMap(({ name }) => (draft[name] === undefined ? [] : [[name, draft[name]]])),
  );
  return (
    <div className={styles.foot}>
      {Object.keys(tried).length > 0 && (
        <Link to="/what-if" search={tried as never} className="link">
          <Trans>Try it on a past day</Trans>
        </Link>
      )}
      <span className="grow" />
      {count > 0 && (
        <Button look="ghost" onClick={onDiscard}>
          <Trans>Discard</Trans>
        </Button>
      )}
      <Button look="primary" disabled={count === 0} onClick={() => setAsking(true)}>
        {count === 0 ? (
          <Trans>No changes</Trans>
        ) : (
          <Plural value={count} one="Activate # change…" other="Activate # changes…" />
        )}
      </Button>
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
              onDiscard();
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

function Form({ limits }: { readonly limits: Limits }) {
  const [search, change] = useAddress();
  const draft = draftIn(search, limits.values, settings);
  const discard = (): void => change(Object.fromEntries(settings.map(({ name }) => [name, undefined])));
  return (
    <section className={classNames(manager.card, styles.form)}>
      {settings.map((setting) => (
        <Stepper
          key={setting.name}
          setting={setting}
          now={limits.values[setting.name]}
          value={draft[setting.name] ?? limits.values[setting.name]}
          onChange={(value) => change({ [setting.name]: value })}
        />
      ))}
      <Foot limits={limits} draft={draft} onDiscard={discard} />
    </section>
  );
}

/** The limits of a desk: changed ones are a draft in the address until they are activated. */
export default function LimitsPlace() {
  const { t } = useLingui();
  const deskId = useDeskId();
  const { data: limits, error, refetch } = useQuery(limitsQuery(deskId));
  return (
    <main className={styles.place} aria-label={t`Limits`}>
      <PlaceHead title={<Trans>Limits</Trans>}>
        {limits && (
          <span className="muted num">
            <Trans>v{limits.version} in force</Trans>
          </span>
        )}
      </PlaceHead>
      <div className={styles.body}>
        {limits === undefined ? (
          error ? (
            <Failed
              title={<Trans>The limits could not be loaded</Trans>}
              problem={error}
              onRetry={() => void refetch()}
            />
          ) : (
            <Skeleton lines={10} />
          )
        ) : (
          <Form limits={limits} />
        )}
        <History deskId={deskId} />
      </div>
    </main>
  );
}
