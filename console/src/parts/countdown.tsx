import { Plural } from '@lingui/react/macro';
import { classNames } from './class-names.ts';
import styles from './countdown.module.css';
import { announcedMark, clockText, secondsLeft } from './durations.ts';
import { useServerNow } from './now.ts';

const SOON_SEC = 40;
const CIRCLE = 2 * Math.PI * 13;

interface Span {
  /** ISO times; by the server's clock. */
  readonly from: string;
  readonly until: string;
}

/** What is left of a span, as a ring. The seconds stand beside it. */
export function Ring({ from, until }: Span) {
  const untilMs = Date.parse(until);
  const left = secondsLeft(untilMs, useServerNow(1000));
  const whole = Math.max(1, (untilMs - Date.parse(from)) / 1000);
  const part = Math.min(1, left / whole) * CIRCLE;
  return (
    <svg className={styles.ring} viewBox="0 0 32 32" aria-hidden="true">
      <circle cx="16" cy="16" r="13" />
      <circle
        className={classNames(styles.left, left <= SOON_SEC && styles.soon)}
        cx="16"
        cy="16"
        r="13"
        strokeDasharray={`${part} ${CIRCLE}`}
        transform="rotate(-90 16 16)"
      />
    </svg>
  );
}

/** Seconds until a time, counting; spoken at 60, 30 and 10. */
export function Countdown({ until, spoken }: { readonly until: string; readonly spoken?: boolean }) {
  const left = secondsLeft(Date.parse(until), useServerNow(1000));
  const mark = announcedMark(left);
  return (
    <>
      <span className={classNames('num', 'strong', left <= SOON_SEC && 'urgent')} role="timer">
        {clockText(left)}
      </span>
      {spoken && (
        <span className="hidden-text" aria-live="polite">
          {mark !== undefined && <Plural value={mark} one="# second left" other="# seconds left" />}
        </span>
      )}
    </>
  );
}
