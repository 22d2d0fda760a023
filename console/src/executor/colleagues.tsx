import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { Colleague } from '../api/types.ts';
import { PresenceDot } from '../parts/person.tsx';
import styles from './colleagues.module.css';
import { colleaguesQuery } from './queries.ts';

const SHOWN = 8;

function State({ colleague: { presence, room } }: { readonly colleague: Colleague }) {
  if (presence === 'away') return <Trans>away</Trans>;
  if (presence === 'draining') return <Trans>draining</Trans>;
  if (presence === 'suspect') return <span className="late">{<Trans>connection lost</Trans>}</span>;
  return room > 0 ? <Trans>room for {room}</Trans> : <Trans>full</Trans>;
}

/** Who else is there, and who could take a ticket. */
export default function Colleagues() {
  const { t } = useLingui();
  const { data } = useQuery(colleaguesQuery);
  const there = data?.items.filter(({ presence }) => presence !== 'offline') ?? [];
  if (there.length === 0) return null;
  return (
    <section aria-label={t`Colleagues`}>
      <div className={styles.heading}>
        <Trans>Your desk</Trans>
      </div>
      {there.slice(0, SHOWN).map((colleague) => (
        <div key={colleague.executorId} className={styles.line}>
          <span className={styles.dot}>
            <PresenceDot presence={colleague.presence} />
          </span>
          <span className="cut">{colleague.name}</span>
          <span className={styles.state}>
            <State colleague={colleague} />
          </span>
        </div>
      ))}
    </section>
  );
}
