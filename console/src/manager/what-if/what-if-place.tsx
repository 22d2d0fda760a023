import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { ChartSpline, Check, LoaderCircle, TriangleAlert } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { serverNow } from '../../api/server-clock.ts';
import { Button } from '../../parts/button.tsx';
import { Centre, Failed, Skeleton } from '../../parts/states.tsx';
import { Strip } from '../../parts/strip.tsx';
import { dayOf } from '../../parts/time-text.ts';
import { type Draft, draftIn, triedSettings } from '../limits/settings.ts';
import { PlaceHead } from '../place-head.tsx';
import { limitsQuery } from '../queries.ts';
import type { Limits, Replay } from '../types.ts';
import { useAddress, useDeskId } from '../use-address.ts';
import { dayIn, KEPT_DAYS } from './day.ts';
import { DraftPane } from './draft-pane.tsx';
import { Figures } from './figures.tsx';
import { Moved } from './moved.tsx';
import { useReplay } from './use-replay.ts';
import styles from './what-if.module.css';

const Curves = lazy(() => import('./curves.tsx'));
const DAY_MS = 86_400_000;

function DayChoice({ day }: { readonly day: string }) {
  const { t } = useLingui();
  const [, change] = useAddress();
  const nowMs = serverNow();
  return (
    <input
      type="date"
      className={styles.day}
      aria-label={t`Day to replay`}
      value={day}
      max={dayOf(nowMs)}
      min={dayOf(nowMs - KEPT_DAYS * DAY_MS)}
      onChange={({ target }) => {
        if (target.value !== '') change({ day: target.value, replay: undefined });
      }}
    />
  );
}

/** How far the replay can be trusted: how often it gave the same ticket to the same executor as the day did. */
function Agreement({ replay }: { readonly replay: Replay }) {
  const { i18n } = useLingui();
  const { result } = replay;
  if (result === null) return null;
  const { same, of } = result.simulatedSame;
  const format = new Intl.NumberFormat(i18n.locale);
  const percent = new Intl.NumberFormat(i18n.locale, { style: 'percent' }).format(of === 0 ? 1 : same / of);
  const assigned = format.format(of);
  return (
    <span className={styles.agreement}>
      <Check />
      {of === 0 ? (
        <Trans>Nothing was assigned on that day</Trans>
      ) : (
        <Trans>
          {assigned} assignments · with its own limits the replay agrees with the day in {percent}
        </Trans>
      )}
    </span>
  );
}

const sameDraft = (draft: Draft, limits: Replay['limits']): boolean => {
  const asked: Draft = limits;
  return triedSettings.every(({ name }) => draft[name] === asked[name]);
};

interface ResultProps {
  readonly replay: Replay;
  readonly limits: Limits;
  readonly draft: Draft;
  readonly version: number | undefined;
  readonly onRun: () => void;
}

function Outdated({ replay, limits, draft, version, onRun }: ResultProps) {
  const again = (
    <Button onClick={onRun}>
      <Trans>Replay again</Trans>
    </Button>
  );
  if (version !== undefined && version !== limits.version)
    return (
      <Strip tone="late" icon={<TriangleAlert />} actions={again}>
        <Trans>
          v{limits.version} is in force since: these figures compare with v{version}.
        </Trans>
      </Strip>
    );
  if (!sameDraft(draft, replay.limits))
    return (
      <Strip icon={<TriangleAlert />} actions={again}>
        <Trans>The draft has changed since: these figures are of the one before.</Trans>
      </Strip>
    );
  return null;
}

function Result(props: ResultProps) {
  const { replay, limits, onRun } = props;
  if (replay.state === 'failed')
    return (
      <Centre
        icon={<TriangleAlert />}
        title={<Trans>The replay could not be made</Trans>}
        actions={
          <Button look="primary" onClick={onRun}>
            <Trans>Try again</Trans>
          </Button>
        }
      >
        {replay.problem?.code === 'replay-too-large' ? (
          <Trans>That day holds more than one replay takes in. Nothing was changed.</Trans>
        ) : (
          <Trans>Nothing was changed. Your draft is kept.</Trans>
        )}
      </Centre>
    );
  if (replay.result === null)
    return (
      <Centre
        icon={<LoaderCircle className={styles.turning} />}
        title={<Trans>The day is being replayed</Trans>}
      >
        <Trans>Every decision is made again, then the day is lived twice. It takes some seconds.</Trans>
      </Centre>
    );
  return (
    <>
      <Outdated {...props} />
      <Figures result={replay.result} />
      <Suspense fallback={<Skeleton lines={8} />}>
        <Curves replay={replay} limits={limits.values} />
      </Suspense>
      <Moved result={replay.result} deskId={replay.deskId} limits={limits.values} />
    </>
  );
}

function Empty({ draft }: { readonly draft: Draft }) {
  const hasDraft = Object.keys(draft).length > 0;
  return (
    <Centre icon={<ChartSpline />} title={<Trans>What would other limits have made of that day?</Trans>}>
      {hasDraft ? (
        <Trans>The draft is ready: replay the day.</Trans>
      ) : (
        <Trans>
          Change a limit on the left, then replay the day. Nothing is in force before you activate it.
        </Trans>
      )}
    </Centre>
  );
}

/** A draft of the limits beside the replay of a day under it. */
export default function WhatIfPlace() {
  const deskId = useDeskId();
  const [search] = useAddress();
  const { data: limits, error, refetch } = useQuery(limitsQuery(deskId));
  const { replay, problem, version, busy, refusal, start } = useReplay();
  const day = dayIn(search.day, serverNow());
  const draft: Draft = limits ? draftIn(search, limits.values, triedSettings) : {};
  const run = (): void => {
    if (limits) void start({ deskId, day, draft, version: limits.version });
  };
  return (
    <main className={styles.place}>
      <PlaceHead title={<Trans>What if</Trans>}>
        <span className="muted">
          <Trans>replayed over</Trans>
        </span>
        <DayChoice day={day} />
        <span className="grow" />
        {replay && <Agreement replay={replay} />}
      </PlaceHead>
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
        <div className={styles.body}>
          <DraftPane limits={limits} draft={draft} busy={busy} refusal={refusal} onRun={run} />
          <div className={styles.result} aria-live="polite">
            {replay ? (
              <Result replay={replay} limits={limits} draft={draft} version={version} onRun={run} />
            ) : problem ? (
              <Failed title={<Trans>The replay could not be loaded</Trans>} problem={problem} onRetry={run} />
            ) : (
              <Empty draft={draft} />
            )}
          </div>
        </div>
      )}
    </main>
  );
}
