import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { Flame } from 'lucide-react';
import type { Ticket } from '../../api/types.ts';
import { Button } from '../../parts/button.tsx';
import { Empty, Failed, Skeleton } from '../../parts/states.tsx';
import { When } from '../../parts/when.tsx';
import manager from '../manager.module.css';
import { numberOrId } from '../ticket-number.tsx';
import styles from './tickets.module.css';
import { states, type TicketState, useStateFilter, useTickets } from './use-tickets.ts';

export const TICKETS = '/desk-tickets/{-$ticketId}';

export const useStateNames = (): Readonly<Record<TicketState, string>> => {
  const { t } = useLingui();
  return {
    waiting: t`In line`,
    assigned: t`To accept`,
    accepted: t`In hand`,
    waitingClient: t`Waits for the client`,
    closed: t`Closed`,
  };
};

function Filter() {
  const { t } = useLingui();
  const names = useStateNames();
  const [state, setState] = useStateFilter();
  return (
    <select
      className={manager.select}
      aria-label={t`State`}
      value={state ?? ''}
      onChange={({ target }) => setState(states.find((each) => each === target.value))}
    >
      <option value="">{t`All states`}</option>
      {states.map((each) => (
        <option key={each} value={each}>
          {names[each]}
        </option>
      ))}
    </select>
  );
}

function Row({ ticket, current }: { readonly ticket: Ticket; readonly current: boolean }) {
  const { t } = useLingui();
  const names = useStateNames();
  const { ticketId, card, client, executorName, state, urgent } = ticket;
  return (
    <Link
      to={TICKETS}
      params={{ ticketId }}
      search={(before: object) => before}
      className={styles.row}
      aria-current={current ? 'true' : undefined}
    >
      <span className="row">
        {urgent && <Flame className="urgent" aria-label={t`urgent`} />}
        <span className="strong cut grow">{client?.name ?? t`Client without a name`}</span>
        <span className="small muted">
          <When at={card?.lastEntry?.at ?? ticket.createdAt} />
        </span>
      </span>
      <span className="cut">{card?.subject ?? t`Ticket`}</span>
      <span className="small muted cut">
        {numberOrId(ticketId, ticket.number)} · {names[state]}
        {executorName !== undefined && ` · ${executorName}`}
      </span>
    </Link>
  );
}

/** The desk's tickets, newest first. */
export function TicketList({ selected }: { readonly selected: string | undefined }) {
  const { tickets, data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useTickets();
  return (
    <>
      <div className={styles.filters}>
        <Filter />
      </div>
      <div className={styles.scroll}>
        {data === undefined ? (
          error ? (
            <Failed
              title={<Trans>The tickets could not be loaded</Trans>}
              problem={error}
              onRetry={() => void refetch()}
            />
          ) : (
            <Skeleton lines={8} />
          )
        ) : tickets.length === 0 && !hasNextPage ? (
          <Empty title={<Trans>No ticket is like that</Trans>} />
        ) : (
          tickets.map((ticket) => (
            <Row key={ticket.ticketId} ticket={ticket} current={ticket.ticketId === selected} />
          ))
        )}
        {hasNextPage && (
          <div className={styles.more}>
            <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              <Trans>Show more</Trans>
            </Button>
          </div>
        )}
      </div>
    </>
  );
}
