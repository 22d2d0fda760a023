import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { components } from '../api/schema.ts';
import { Failed, Skeleton } from '../parts/states.tsx';
import styles from './next-place.module.css';
import { nextQuery } from './queries.ts';

type Next = components['schemas']['Next'];
type Count = Next['waiting']['new'];

const countText = ({ count, more }: Count): string => (more ? `${count}+` : String(count));

function Card({
  name,
  figure,
  children,
}: {
  readonly name: ReactNode;
  readonly figure: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <section className={styles.card}>
      <h2 className="strong">{name}</h2>
      <div className={styles.figure}>{figure}</div>
      {children && <p className="small muted">{children}</p>}
    </section>
  );
}

/** Why nothing comes, or that something will. */
function Reason({ reason }: Pick<Next, 'reason'>) {
  const texts: Readonly<Record<NonNullable<Next['reason']>, ReactNode>> = {
    draining: <Trans>You are draining: you keep what you have and get nothing new.</Trans>,
    away: <Trans>You are away: nothing comes until you go online.</Trans>,
    suspect: <Trans>The desk has not heard from this computer of late.</Trans>,
    offline: <Trans>You are offline: nothing comes until you go online.</Trans>,
    full: <Trans>You have no room for what waits: close or park a ticket.</Trans>,
    'line-empty': <Trans>Nothing waits on your desk.</Trans>,
    'passed-over': <Trans>What waits you have declined or missed of late; it comes to others first.</Trans>,
  };
  return <p>{reason === null ? <Trans>The next ticket in your turn is yours.</Trans> : texts[reason]}</p>;
}

function Cards({ next }: { readonly next: Next }) {
  const { room, urgentRoom, turn, waiting, reason } = next;
  return (
    <div className={styles.cards}>
      <section className={`${styles.card} ${styles.reason}`}>
        <h2 className="strong">
          <Trans>What comes to you</Trans>
        </h2>
        <Reason reason={reason} />
      </section>
      <Card name={<Trans>Your turn</Trans>} figure={turn === null ? '–' : countText(turn)}>
        <Trans>place among those online</Trans>
      </Card>
      <Card name={<Trans>Your room</Trans>} figure={room}>
        <Trans>{urgentRoom} of them for urgent ones</Trans>
      </Card>
      <Card name={<Trans>Returned to the line</Trans>} figure={countText(waiting.orphaned)}>
        <Trans>served first</Trans>
      </Card>
      <Card name={<Trans>Urgent</Trans>} figure={countText(waiting.urgent)}>
        <Trans>waiting</Trans>
      </Card>
      <Card name={<Trans>New</Trans>} figure={countText(waiting.new)}>
        <Trans>waiting</Trans>
      </Card>
    </div>
  );
}

/** What the planner would do for the reader now. */
export default function NextPlace() {
  const { data, error, refetch } = useQuery(nextQuery);
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        <h1 className="title">
          <Trans>What is next</Trans>
        </h1>
      </header>
      {data && <Cards next={data} />}
      {!data && !error && <Skeleton />}
      {!data && error && (
        <Failed
          title={<Trans>This could not be loaded</Trans>}
          problem={error}
          onRetry={() => void refetch()}
        />
      )}
    </main>
  );
}
