import 'uplot/dist/uPlot.min.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useMemo, useRef, useState } from 'react';
import uPlot from 'uplot';
import { theme } from '../../app/theme.ts';
import { useValue } from '../../app/value-store.ts';
import { classNames } from '../../parts/class-names.ts';
import { clockText } from '../../parts/durations.ts';
import { clockTime } from '../../parts/time-text.ts';
import manager from '../manager.module.css';
import type { LimitValues, Line, Replay } from '../types.ts';
import { textIn, useAddress } from '../use-address.ts';
import styles from './what-if.module.css';

type Series = NonNullable<NonNullable<Replay['result']>['series']>;

const HEIGHT_PX = 264;

interface Points {
  /** Seconds since the epoch, of each step. */
  readonly x: readonly number[];
  /** Minutes. */
  readonly draft: readonly (number | null)[];
  readonly own: readonly (number | null)[];
}

const minutes = (list: readonly (number | null)[]): (number | null)[] =>
  list.map((sec) => (sec === null ? null : sec / 60));

/** From the first step in which anybody waited to the last. */
const livelySteps = (series: Series, line: Line): readonly [number, number] => {
  const runs = [series.simulated[line], (series.changed ?? series.simulated)[line]];
  const lively = runs[0]?.arrivals.flatMap((_, index) =>
    runs.some(
      ({ arrivals, waitP95Sec }) => (arrivals[index] ?? 0) > 0 || (waitP95Sec[index] ?? null) !== null,
    )
      ? [index]
      : [],
  );
  return [lively?.at(0) ?? 0, (lively?.at(-1) ?? 0) + 1];
};

const pointsOf = (series: Series, line: Line, from: string): Points => {
  const [first, end] = livelySteps(series, line);
  const own = series.simulated[line].waitP95Sec.slice(first, end);
  const startSec = Date.parse(from) / 1000 + first * series.stepSec;
  return {
    x: own.map((_, index) => startSec + index * series.stepSec),
    own: minutes(own),
    draft: minutes((series.changed ?? series.simulated)[line].waitP95Sec.slice(first, end)),
  };
};

const colour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

interface Drawing {
  readonly width: number;
  readonly locale: string;
  readonly limitMin: number;
  readonly onCursor: (index: number | undefined) => void;
}

/** The longest wait allowed, across the whole of it. */
const drawLimit = (limitMin: number) => (plot: uPlot) => {
  const { ctx, bbox } = plot;
  const y = plot.valToPos(limitMin, 'y', true);
  if (y < bbox.top || y > bbox.top + bbox.height) return;
  ctx.save();
  ctx.strokeStyle = colour('--urgent');
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([2 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
};

const optionsOf = ({ width, locale, limitMin, onCursor }: Drawing): uPlot.Options => {
  const axis = {
    stroke: colour('--muted'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
    font: '12px system-ui, sans-serif',
  };
  return {
    width,
    height: HEIGHT_PX,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    scales: {
      x: { time: true },
      y: { range: (_plot, _least, most) => [0, Math.max(most ?? 0, limitMin) * 1.15 || 1] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        values: (_plot, splits) => splits.map((sec) => clockTime(new Date(sec * 1000).toISOString(), locale)),
      },
      { ...axis, size: 36 },
    ],
    series: [
      {},
      { stroke: colour('--accent'), width: 2, spanGaps: true, points: { show: false } },
      { stroke: colour('--edge'), width: 2, dash: [5, 4], spanGaps: true, points: { show: false } },
    ],
    hooks: {
      draw: [drawLimit(limitMin)],
      setCursor: [(plot) => onCursor(plot.cursor.idx ?? undefined)],
    },
  };
};

function Plot({
  points,
  limitMin,
  label,
  onCursor,
}: {
  readonly points: Points;
  readonly limitMin: number;
  readonly label: string;
  readonly onCursor: (index: number | undefined) => void;
}) {
  const { i18n } = useLingui();
  const box = useRef<HTMLDivElement>(null);
  const shade = useValue(theme);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a canvas takes the colours of the theme when it is drawn
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const drawing = { width: element.clientWidth, locale: i18n.locale, limitMin, onCursor };
    const plot = new uPlot(optionsOf(drawing), [[...points.x], [...points.draft], [...points.own]], element);
    const resize = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT_PX }));
    resize.observe(element);
    return () => {
      resize.disconnect();
      plot.destroy();
    };
  }, [points, limitMin, shade, i18n.locale]);
  return <div ref={box} className={styles.plot} role="img" aria-label={label} />;
}

const known = (line: string | undefined): Line => (line === 'urgent' || line === 'orphaned' ? line : 'new');

const waitText = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : clockText(Math.round(value * 60));

const most = (list: readonly (number | null)[]): number =>
  list.reduce<number>((max, each) => Math.max(max, each ?? 0), 0);

/** Waits over the day under both limits, line by line. */
export default function Curves({
  replay,
  limits,
}: {
  readonly replay: Replay;
  readonly limits: LimitValues;
}) {
  const { t, i18n } = useLingui();
  const [search, change] = useAddress();
  const [index, setIndex] = useState<number>();
  const line = known(textIn(search, 'line'));
  const series = replay.result?.series ?? undefined;
  const points = useMemo(
    () => (series ? pointsOf(series, line, replay.from) : undefined),
    [series, line, replay.from],
  );
  if (series === undefined || points === undefined) return null;
  const lines = { new: t`New`, urgent: t`Urgent`, orphaned: t`Orphaned` } as const;
  const name = line === 'new' ? 'maxWaitSec' : 'maxUrgentWaitSec';
  const limitSec = replay.limits[name] ?? limits[name];
  const limit = clockText(limitSec);
  const step = series.stepSec / 60;
  const at =
    index === undefined
      ? undefined
      : clockTime(new Date((points.x[index] ?? 0) * 1000).toISOString(), i18n.locale);
  const own = waitText(index === undefined ? undefined : points.own[index]);
  const draft = waitText(index === undefined ? undefined : points.draft[index]);
  const label = t`Wait p95 of the line ${lines[line]}: at most ${waitText(most(points.draft))} under the draft, ${waitText(most(points.own))} under own limits; longest wait ${limit}`;
  return (
    <section className={classNames(manager.card, styles.curves)}>
      <div className={styles.curvesHead}>
        <h2 className="strong">
          <Trans>Wait of those assigned, p95</Trans>
        </h2>
        <span className="muted">
          <Trans>minutes, by {step} minutes</Trans>
        </span>
        <span className="grow" />
        <span className={styles.legend}>
          <span>
            <i /> <Trans>draft</Trans>
          </span>
          <span>
            <i className={styles.dashed} /> <Trans>own limits</Trans>
          </span>
          <span>
            <i className={styles.limit} /> <Trans>longest wait {limit}</Trans>
          </span>
        </span>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset has a frame and a legend of its own */}
        <span className={manager.segments} role="group" aria-label={t`Line`}>
          {(['new', 'urgent', 'orphaned'] as const).map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={each === line}
              onClick={() => change({ line: each === 'new' ? undefined : each })}
            >
              {lines[each]}
            </button>
          ))}
        </span>
      </div>
      <Plot points={points} limitMin={limitSec / 60} label={label} onCursor={setIndex} />
      <div className={styles.reading}>
        {at === undefined ? (
          <span>&nbsp;</span>
        ) : (
          <Trans>
            {at} · own limits {own} · draft {draft}
          </Trans>
        )}
      </div>
    </section>
  );
}
