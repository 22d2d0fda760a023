import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { BadgeCheck } from 'lucide-react';
import { Avatar } from '../../parts/person.tsx';
import { Failed, Skeleton } from '../../parts/states.tsx';
import { When } from '../../parts/when.tsx';
import { clientQuery, ticketQuery } from '../queries.ts';
import { nameOf } from '../ticket-text.ts';
import styles from './context.module.css';

function EmailState({ state }: { readonly state: 'none' | 'unconfirmed' | 'confirmed' | null }) {
  if (state === 'confirmed')
    return (
      <span className="row">
        <Trans>confirmed</Trans>
        <BadgeCheck className="ok" />
      </span>
    );
  return state === 'unconfirmed' ? <Trans>not confirmed yet</Trans> : '–';
}

function Contact({ clientId }: { readonly clientId: string }) {
  const { data, error, refetch } = useQuery(clientQuery(clientId));
  if (error && data === undefined)
    return (
      <Failed
        title={<Trans>The client could not be loaded</Trans>}
        problem={error}
        onRetry={() => void refetch()}
      />
    );
  if (data === undefined) return <Skeleton lines={3} />;
  return (
    <dl className={styles.pairs}>
      <dt>
        <Trans>Phone</Trans>
      </dt>
      <dd className="num">{data.phone === null ? '–' : <a href={`tel:${data.phone}`}>{data.phone}</a>}</dd>
      <dt>
        <Trans>E-mail</Trans>
      </dt>
      <dd>
        <EmailState state={data.email} />
      </dd>
    </dl>
  );
}

export function ClientCard({ ticketId }: { readonly ticketId: string }) {
  const { i18n } = useLingui();
  const { data: ticket } = useQuery(ticketQuery(ticketId));
  if (ticket === undefined) return <Skeleton lines={3} />;
  const name = nameOf(ticket, i18n);
  return (
    <section className={styles.section}>
      <div className="row">
        <Avatar name={name} big />
        <div className="grow">
          <div className="strong cut">{name}</div>
          <div className="small muted">
            <Trans>
              This ticket since <When at={ticket.createdAt} />
            </Trans>
          </div>
        </div>
      </div>
      {ticket.clientId !== undefined && ticket.lostAt === undefined && <Contact clientId={ticket.clientId} />}
    </section>
  );
}
