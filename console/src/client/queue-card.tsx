import { Trans, useLingui } from '@lingui/react/macro';
import styles from './messages.module.css';
import type { OwnTicket } from './queries.ts';
import { rangeText } from './range-text.ts';

type Queue = NonNullable<OwnTicket['queue']>;

/** The place in line, and how long it takes in about four of five cases. */
export function QueueCard({ queue }: { readonly queue: Queue }) {
  const { i18n } = useLingui();
  const { position, estimate } = queue;
  const place = position.more ? `${position.count}+` : String(position.count);
  return (
    <section className={styles.queue} aria-live="polite">
      <div className="small muted">
        <Trans>Your place in line</Trans>
      </div>
      <div className={styles.figures}>
        <span className={styles.figure}>{place}</span>
        {estimate && (
          <span className="strong num">{rangeText(estimate.fromSec, estimate.toSec, i18n.locale)}</span>
        )}
      </div>
      <div className="small muted">
        <Trans>You may close this page: your place is kept.</Trans>
      </div>
    </section>
  );
}
