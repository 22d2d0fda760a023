import { Trans } from '@lingui/react/macro';
import { type ReactNode, useMemo } from 'react';
import type { Ticket } from '../../api/types.ts';
import { Button } from '../../parts/button.tsx';
import { Empty, Failed, Skeleton } from '../../parts/states.tsx';
import { useSetPresence } from '../presence.ts';
import { useHeld, usePresence } from '../queries.ts';
import { groupsOf } from './groups.ts';
import { ListHead } from './head.tsx';
import { AwayBar, MissedRows } from './missed-rows.tsx';
import { HeldRows, Row } from './rows.tsx';
import styles from './ticket-list.module.css';
import { ToAccept } from './to-accept.tsx';
import { useSteady } from './use-steady.ts';

function Group({
  name,
  rows,
  selected,
}: {
  readonly name: ReactNode;
  readonly rows: readonly Ticket[];
  readonly selected: string | undefined;
}) {
  if (rows.length === 0) return null;
  return (
    <section>
      <h2 className={styles.group}>
        {name}
        <span className={styles.count}>{rows.length}</span>
      </h2>
      {rows.map((ticket) => (
        <Row key={ticket.ticketId} ticket={ticket} selected={ticket.ticketId === selected} />
      ))}
    </section>
  );
}

function NothingToAnswer() {
  const { data } = usePresence();
  const { mutate } = useSetPresence();
  const online = data?.presence === 'online';
  return (
    <Empty
      title={<Trans>Nothing to answer</Trans>}
      actions={
        !online && (
          <Button look="primary" onClick={() => mutate('online')}>
            <Trans>Go online</Trans>
          </Button>
        )
      }
    >
      {online ? (
        <Trans>You are online. The next ticket comes to you by itself.</Trans>
      ) : (
        <Trans>Tickets come to you while you are online.</Trans>
      )}
    </Empty>
  );
}

/** Those to accept are outside: they must be seen at once. */
const inHandAndWaiting = (tickets: readonly Ticket[]): readonly Ticket[] => {
  const { inHand, waiting } = groupsOf(tickets);
  return [...inHand, ...waiting];
};

function Rows({
  tickets,
  selected,
}: {
  readonly tickets: readonly Ticket[];
  readonly selected: string | undefined;
}) {
  const wanted = useMemo(() => inHandAndWaiting(tickets), [tickets]);
  const byId = new Map(wanted.map((ticket) => [ticket.ticketId, ticket]));
  const steady = useSteady([...byId.keys()]);
  const shown = steady.order.flatMap((id) => byId.get(id) ?? []);
  const of = (state: Ticket['state']): readonly Ticket[] => shown.filter((ticket) => ticket.state === state);
  return (
    <div {...steady.handlers}>
      {steady.held.length > 0 && <HeldRows count={steady.held.length} onShow={steady.showHeld} />}
      <Group name={<Trans>In hand</Trans>} rows={of('accepted')} selected={selected} />
      <Group name={<Trans>Waiting for the client</Trans>} rows={of('waitingClient')} selected={selected} />
    </div>
  );
}

export function TicketList({ selected }: { readonly selected: string | undefined }) {
  const { data, error, isPending, refetch } = useHeld();
  return (
    <>
      <ListHead />
      <AwayBar />
      <div className={styles.scroll}>
        {isPending && <Skeleton />}
        {error && data === undefined && (
          <Failed
            title={<Trans>Your tickets could not be loaded</Trans>}
            problem={error}
            safe={<Trans>Your drafts are safe on this computer.</Trans>}
            onRetry={() => void refetch()}
          />
        )}
        {data && (
          <>
            <ToAccept tickets={groupsOf(data).toAccept} selected={selected} />
            <MissedRows />
            <Rows tickets={data} selected={selected} />
            {data.length === 0 && <NothingToAnswer />}
          </>
        )}
      </div>
    </>
  );
}
