import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Inbox } from 'lucide-react';
import { lazy, Suspense, useMemo } from 'react';
import { useCommands } from '../app/commands/registry.ts';
import { Centre, Skeleton } from '../parts/states.tsx';
import { Conversation } from './conversation/conversation.tsx';
import { groupsOf } from './list/groups.ts';
import { neighbour } from './list/steady.ts';
import { TicketList } from './list/ticket-list.tsx';
import { useHeld } from './queries.ts';
import styles from './tickets-place.module.css';
import { type Panel, PLACE, useOpenPanel } from './use-panel.ts';

const Context = lazy(() => import('./context/context.tsx'));

/** J, K and Esc, which move in the list. */
const useListCommands = (ids: readonly string[], selected: string | undefined): void => {
  const { t } = useLingui();
  const navigate = useNavigate();
  const go = (ticketId: string | undefined): void =>
    void navigate({ to: PLACE, params: { ticketId }, search: (before: object) => before });
  const group = t`My tickets`;
  useCommands([
    { id: 'next', label: t`Next ticket`, group, keys: ['KeyJ'], run: () => go(neighbour(ids, selected, 1)) },
    {
      id: 'previous',
      label: t`Previous ticket`,
      group,
      keys: ['KeyK'],
      run: () => go(neighbour(ids, selected, -1)),
    },
    ...(selected === undefined
      ? []
      : [
          {
            id: 'back',
            label: t`Back to the list`,
            group,
            keys: ['Escape'] as const,
            run: () => go(undefined),
          },
        ]),
  ]);
};

export default function TicketsPlace() {
  const { ticketId } = useParams({ strict: false });
  const { panel } = useSearch({ strict: false }) as { readonly panel?: Panel };
  const openPanel = useOpenPanel();
  const held = useHeld();
  const ids = useMemo(() => {
    const groups = groupsOf(held.data ?? []);
    return [...groups.toAccept, ...groups.inHand, ...groups.waiting].map((ticket) => ticket.ticketId);
  }, [held.data]);
  useListCommands(ids, ticketId);
  return (
    <div className={styles.panes} data-open={ticketId !== undefined}>
      <section className={styles.list}>
        <TicketList selected={ticketId} />
      </section>
      <main className={styles.thing}>
        {ticketId === undefined ? (
          <Centre icon={<Inbox />} title={<Trans>No ticket is open</Trans>}>
            <Trans>Choose one of the list, or press J.</Trans>
          </Centre>
        ) : (
          <Conversation key={ticketId} ticketId={ticketId} />
        )}
      </main>
      {ticketId !== undefined && panel !== undefined && (
        <aside className={styles.context}>
          <Suspense fallback={<Skeleton />}>
            <Context ticketId={ticketId} panel={panel} onClose={() => openPanel(undefined)} />
          </Suspense>
        </aside>
      )}
    </div>
  );
}
