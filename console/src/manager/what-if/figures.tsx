import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { classNames } from '../../parts/class-names.ts';
import { clockText } from '../../parts/durations.ts';
import manager from '../manager.module.css';
import type { ReplayResult } from '../types.ts';
import styles from './what-if.module.css';

/** `−1:22`, `+4`, `±0`. */
const signed = (difference: number, text: (value: number) => string): string =>
  text(Math.abs(difference)) === text(0)
    ? '±0'
    : `${difference < 0 ? '−' : '+'}${text(Math.abs(difference))}`;

interface FigureProps {
  readonly title: ReactNode;
  readonly own: number;
  readonly changed: number | undefined;
  readonly text: (value: number) => string;
  /** Whether more is better. */
  readonly up?: boolean;
}

function Figure({ title, own, changed, text, up = false }: FigureProps) {
  const difference = changed === undefined ? undefined : changed - own;
  const shown = difference === undefined ? '' : signed(difference, text);
  const better = difference !== undefined && (up ? difference > 0 : difference < 0);
  const tone =
    shown === '±0' || text(Math.abs(difference ?? 0)) === text(0) ? 'muted' : better ? 'ok' : 'urgent';
  return (
    <div className={classNames(manager.card, styles.figure)}>
      <div className="muted">{title}</div>
      <div className={styles.value}>
        <span className={manager.figure}>{text(changed ?? own)}</span>
        {difference !== undefined && <span className={classNames('num', tone)}>{shown}</span>}
      </div>
    </div>
  );
}

/** What the draft makes of the day, against the same day under its own limits. */
export function Figures({ result }: { readonly result: ReplayResult }) {
  const { i18n } = useLingui();
  const { simulated: own, changed } = result;
  const count = (value: number): string => new Intl.NumberFormat(i18n.locale).format(value);
  const seconds = (value: number): string => clockText(Math.round(value));
  const index = (value: number): string =>
    new Intl.NumberFormat(i18n.locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);
  return (
    <div className={styles.figures}>
      <Figure
        title={<Trans>Wait, p95</Trans>}
        own={own.waits.p95Sec}
        changed={changed?.waits.p95Sec}
        text={seconds}
      />
      <Figure
        title={<Trans>Over the limit</Trans>}
        own={own.promoted}
        changed={changed?.promoted}
        text={count}
      />
      <Figure
        title={<Trans>Urgent over the limit</Trans>}
        own={own.overdue}
        changed={changed?.overdue}
        text={count}
      />
      <Figure
        title={<Trans>Fairness</Trans>}
        own={own.fairness.jain ?? 1}
        changed={changed?.fairness.jain ?? undefined}
        text={index}
        up
      />
    </div>
  );
}
