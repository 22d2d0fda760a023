import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Why } from '../../api/types.ts';
import { currentUser } from '../../app/session/session.ts';
import { Failed, Skeleton } from '../../parts/states.tsx';
import { colleaguesQuery, whyQuery } from '../queries.ts';
import styles from './context.module.css';

type Candidate = Why['candidates'][number];

/** The rule in a sentence. */
function Rule({ why, name }: { readonly why: Why; readonly name: (id: string | null) => string }) {
  const who = name(why.executorId);
  const actor = name(why.actorId);
  const texts: Readonly<Record<Why['rule'], ReactNode>> = {
    'assigned-longest-ago': <Trans>{who} was free and had waited longest for a ticket.</Trans>,
    manual: <Trans>{actor} assigned it by hand.</Trans>,
    transfer: <Trans>{actor} transferred it.</Trans>,
    reassign: <Trans>{actor} moved all tickets of its last executor.</Trans>,
    'nobody-has-room': <Trans>Nobody online has room.</Trans>,
    'all-passed-over': <Trans>Each of those online declined or missed it of late.</Trans>,
    'nobody-there': <Trans>Nobody is online.</Trans>,
    'others-first': <Trans>Those before it in line take the room.</Trans>,
    'being-assigned': <Trans>It is being assigned just now.</Trans>,
    'no-decision': <Trans>It was closed before anybody had it.</Trans>,
  };
  return <p>{texts[why.rule]}</p>;
}

const useReasons = (): Readonly<Record<NonNullable<Candidate['excluded']>, string>> => {
  const { t } = useLingui();
  return {
    draining: t`draining`,
    away: t`away`,
    suspect: t`connection lost`,
    offline: t`offline`,
    cap: t`full`,
    urgentCap: t`full of urgent ones`,
    declined: t`passed over`,
    dealt: t`got their share`,
  };
};

function Line({
  candidate,
  chosen,
  name,
}: {
  readonly candidate: Candidate;
  readonly chosen: boolean;
  readonly name: string;
}) {
  const reasons = useReasons();
  const { open, openUrgent, excluded } = candidate;
  const state =
    excluded === null ? (
      <Trans>
        {open} in hand · {openUrgent} urgent
      </Trans>
    ) : (
      reasons[excluded]
    );
  return (
    <li>
      {chosen ? <Check className="ok" /> : excluded === null ? <span /> : <Minus className="muted" />}
      <span className={chosen ? 'strong cut' : excluded === null ? 'cut' : 'cut muted'}>{name}</span>
      <span className="muted num">{state}</span>
    </li>
  );
}

/** The rule, those who could have had it, and who was passed over for what. */
export function WhyCard({ ticketId }: { readonly ticketId: string }) {
  const { t, i18n } = useLingui();
  const { data: why, error, refetch } = useQuery(whyQuery(ticketId));
  const { data: colleagues } = useQuery(colleaguesQuery);
  const me = currentUser();
  const name = (id: string | null): string => {
    if (id === me?.userId) return me?.name ?? t`You`;
    return colleagues?.items.find(({ executorId }) => executorId === id)?.name ?? t`Somebody else`;
  };
  if (error && why === undefined)
    return (
      <Failed
        title={<Trans>The reason could not be loaded</Trans>}
        problem={error}
        onRetry={() => void refetch()}
      />
    );
  if (why === undefined) return <Skeleton lines={4} />;
  const lines = { new: t`new`, urgent: t`urgent`, orphaned: t`orphaned` };
  const line = why.line === null ? null : lines[why.line];
  const number = why.number === null ? undefined : new Intl.NumberFormat(i18n.locale).format(why.number);
  const version = why.limitsVersion;
  return (
    <section className={styles.section}>
      <Rule why={why} name={name} />
      <ul className={styles.ladder}>
        {why.candidates.map((candidate) => (
          <Line
            key={candidate.executorId}
            candidate={candidate}
            chosen={candidate.executorId === why.executorId}
            name={name(candidate.executorId)}
          />
        ))}
      </ul>
      <p className={`small muted num ${styles.foot}`}>
        {line !== null && (
          <Trans>
            Line <b>{line}</b>
          </Trans>
        )}
        {number !== undefined && (
          <>
            {' · '}
            <Trans>decision {number}</Trans>
          </>
        )}
        {version !== null && (
          <>
            {' · '}
            <Trans>limits v{version}</Trans>
          </>
        )}
      </p>
    </section>
  );
}
