import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChartSpline } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Failed, Skeleton } from '../../parts/states.tsx';
import { PlaceHead } from '../place-head.tsx';
import { boardQuery } from '../queries.ts';
import { useDeskId } from '../use-address.ts';
import styles from './board.module.css';
import { Executors } from './executors.tsx';
import { Lines } from './lines.tsx';
import { Side } from './side.tsx';

const WhyDialog = lazy(() => import('../why/why-dialog.tsx'));
const AssignDialog = lazy(() => import('../actions/assign-dialog.tsx'));
const ExecutorDialog = lazy(() => import('../actions/executor-dialog.tsx'));

/** What was asked for and lies over the board. */
export type Asked =
  | { readonly kind: 'why'; readonly ticketId: string }
  | { readonly kind: 'assign'; readonly ticketId: string }
  | { readonly kind: 'executor'; readonly executorId: string };

function Over({
  asked,
  deskId,
  onClose,
}: {
  readonly asked: Asked;
  readonly deskId: string;
  readonly onClose: () => void;
}) {
  return (
    <Suspense fallback={null}>
      {asked.kind === 'why' && <WhyDialog ticketId={asked.ticketId} deskId={deskId} onClose={onClose} />}
      {asked.kind === 'assign' && (
        <AssignDialog ticketId={asked.ticketId} deskId={deskId} onClose={onClose} />
      )}
      {asked.kind === 'executor' && (
        <ExecutorDialog executorId={asked.executorId} deskId={deskId} onClose={onClose} />
      )}
    </Suspense>
  );
}

export default function BoardPlace() {
  const deskId = useDeskId();
  const { data: board, error, refetch } = useQuery(boardQuery(deskId));
  const [asked, setAsked] = useState<Asked>();
  return (
    <main className={styles.place}>
      <PlaceHead title={<Trans>Board</Trans>}>
        <span className="grow" />
        <Link
          to="/what-if"
          search={(before: object) => ({ ...before, sort: undefined }) as never}
          className={styles.whatIf}
        >
          <ChartSpline />
          <Trans>What if…</Trans>
        </Link>
      </PlaceHead>
      {board === undefined ? (
        error ? (
          <Failed
            title={<Trans>The board could not be loaded</Trans>}
            problem={error}
            onRetry={() => void refetch()}
          />
        ) : (
          <Skeleton lines={12} />
        )
      ) : (
        <div className={styles.body}>
          <Lines board={board} />
          <Side board={board} onAsk={setAsked} />
          <Executors board={board} onOpen={(executorId) => setAsked({ kind: 'executor', executorId })} />
        </div>
      )}
      {asked && <Over asked={asked} deskId={deskId} onClose={() => setAsked(undefined)} />}
    </main>
  );
}
