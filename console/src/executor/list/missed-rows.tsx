import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { useValue } from '../../app/value-store.ts';
import { Button } from '../../parts/button.tsx';
import { Strip } from '../../parts/strip.tsx';
import { When } from '../../parts/when.tsx';
import { missed } from '../missed-store.ts';
import { useSetPresence } from '../presence.ts';
import { usePresence } from '../queries.ts';
import styles from './ticket-list.module.css';

/** Cards that ran out of time, until they are put away. */
export function MissedRows() {
  const { t } = useLingui();
  const rows = useValue(missed);
  return rows.map(({ ticketId, name, at }) => (
    <div key={ticketId} className={styles.missed} role="status">
      <span className="grow">
        <span className="strong">{name}</span>{' '}
        <Trans>
          is back in line since <When at={at} />
        </Trans>
      </span>
      <Button
        look="ghost"
        square
        aria-label={t`Put away`}
        onClick={() => missed.set(rows.filter((row) => row.ticketId !== ticketId))}
      >
        <X />
      </Button>
    </div>
  ));
}

/** Nobody gets tickets while they are away, and after two missed ones the desk says they are. */
export function AwayBar() {
  const { data } = usePresence();
  const { mutate, isPending } = useSetPresence();
  const count = useValue(missed).length;
  if (data?.presence !== 'away' && data?.presence !== 'offline') return null;
  return (
    <Strip
      tone="late"
      actions={
        <Button look="primary" onClick={() => mutate('online')} disabled={isPending}>
          <Trans>Go online</Trans>
        </Button>
      }
    >
      {data.presence === 'offline' ? (
        <Trans>You are offline.</Trans>
      ) : count > 0 ? (
        <Plural value={count} one="You are away: # was missed." other="You are away: # were missed." />
      ) : (
        <Trans>You are away.</Trans>
      )}
    </Strip>
  );
}
