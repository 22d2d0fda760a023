import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDownUp, Users } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Presence } from '../../api/types.ts';
import { useCommands } from '../../app/commands/registry.ts';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Empty, Failed, Skeleton } from '../../parts/states.tsx';
import { Tag } from '../../parts/tag.tsx';
import manager from '../manager.module.css';
import { executorsQuery } from '../queries.ts';
import type { Board, ExecutorRow, ExecutorSort } from '../types.ts';
import { textIn, useAddress } from '../use-address.ts';
import { steadyRows } from './cells.ts';
import { ExecutorLine } from './executor-line.tsx';
import styles from './executors.module.css';

const ROW_PX = 36;
const PHONE_ROW_PX = 68;

const useSort = (): [ExecutorSort, (sort: ExecutorSort) => void] => {
  const [search, change] = useAddress();
  const sort = textIn(search, 'sort');
  const known = sort === 'load' || sort === 'name' ? sort : 'turn';
  return [known, (next) => change({ sort: next === 'turn' ? undefined : next })];
};

/** The rows as they stand, until somebody wants them sorted again. */
const useSteady = (rows: readonly ExecutorRow[], key: string) => {
  const order = useRef<{ key: string; ids: readonly string[] }>({ key: '', ids: [] });
  const [, again] = useState(0);
  if (order.current.key !== key || order.current.ids.length === 0)
    order.current = { key, ids: rows.map(({ executorId }) => executorId) };
  const steady = steadyRows(rows, order.current.ids);
  const sortAgain = (): void => {
    order.current = { key, ids: [] };
    again((count) => count + 1);
  };
  return { ...steady, sortAgain };
};

function Presences({ rows }: { readonly rows: readonly ExecutorRow[] }) {
  const count = (...wanted: readonly Presence[]): number =>
    rows.filter(({ presence }) => wanted.includes(presence)).length;
  const [online, draining, lost, away] = [
    count('online'),
    count('draining'),
    count('suspect'),
    count('away'),
  ];
  return (
    <span className="muted num">
      <Trans>{online} online</Trans>
      {draining > 0 && <Trans> · {draining} draining</Trans>}
      {lost > 0 && <Trans> · {lost} lost</Trans>}
      {away > 0 && <Trans> · {away} away</Trans>}
    </span>
  );
}

/** When nobody has room and somebody waits: what one place more would do. */
function Room({ board, rows }: { readonly board: Board; readonly rows: readonly ExecutorRow[] }) {
  const online = rows.filter(({ presence }) => presence === 'online').length;
  const room = board.roster.all.count + board.roster.ordinary.count;
  const waiting = board.lines.reduce((sum, line) => sum + line.waiting.count, 0);
  if (room > 0 || online === 0) return null;
  const cap = board.limits.values.maxTicketsPerExecutor + 1;
  const taken = Math.min(online, waiting);
  return (
    <>
      <Tag tone="late">
        <Users />
        <Trans>Nobody has room</Trans>
      </Tag>
      {taken > 0 && (
        <Link to="/what-if" search={{ maxTicketsPerExecutor: cap } as never} className="link small">
          <Trans>
            {cap} at once would take {taken} now
          </Trans>
        </Link>
      )}
    </>
  );
}

const useIsNarrow = (): boolean => {
  const [narrow, setNarrow] = useState(() => matchMedia('(max-width: 767px)').matches);
  useEffect(() => {
    const query = matchMedia('(max-width: 767px)');
    const onChange = (): void => setNarrow(query.matches);
    query.addEventListener('change', onChange);
    return () => query.removeEventListener('change', onChange);
  }, []);
  return narrow;
};

/** J and K move among the rows; Enter opens the one in focus. */
const useRowCommands = (): void => {
  const { t } = useLingui();
  const move = (step: 1 | -1): void => {
    const rows = [...document.querySelectorAll<HTMLElement>('[data-executor]')];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))]?.focus();
  };
  const group = t`Executors`;
  useCommands([
    { id: 'next', label: t`Next executor`, group, keys: ['KeyJ'], run: () => move(1) },
    { id: 'previous', label: t`Previous executor`, group, keys: ['KeyK'], run: () => move(-1) },
  ]);
};

function Columns() {
  return (
    <thead className={styles.heads}>
      <tr className={styles.cols}>
        <th scope="col">
          <Trans>Name</Trans>
        </th>
        <th scope="col">
          <Trans>Presence</Trans>
        </th>
        <th scope="col">
          <Trans>In hand</Trans>
        </th>
        <th scope="col">
          <Trans>Load</Trans>
        </th>
        <th scope="col">
          <Trans>Parked</Trans>
        </th>
        <th scope="col">
          <Trans>Last given</Trans>
        </th>
        <th scope="col">
          <Trans>Turn</Trans>
        </th>
      </tr>
    </thead>
  );
}

interface RowsProps {
  readonly board: Board;
  readonly rows: readonly ExecutorRow[];
  readonly onOpen: (executorId: string) => void;
}

function Rows({ board, rows, onOpen }: RowsProps) {
  const { t } = useLingui();
  const scroll = useRef<HTMLDivElement>(null);
  const narrow = useIsNarrow();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => (narrow ? PHONE_ROW_PX : ROW_PX),
    getItemKey: (index) => rows[index]?.executorId ?? index,
    overscan: 12,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are as high as the screen is narrow
  useEffect(() => virtual.measure(), [virtual, narrow]);
  useRowCommands();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <div ref={scroll} className={styles.scroll} tabIndex={0}>
      <table aria-label={t`Executors`} aria-rowcount={rows.length} className={styles.table}>
        <Columns />
        <tbody style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start, size }) => {
            const row = rows[index];
            return row === undefined ? null : (
              <ExecutorLine
                key={row.executorId}
                row={row}
                cap={board.limits.values.maxTicketsPerExecutor}
                startPx={start}
                heightPx={size}
                onOpen={onOpen}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Legend() {
  return (
    <div className={styles.legend}>
      <span className="row">
        <i className={classNames(styles.cell, styles.accepted)} /> <Trans>accepted</Trans>
      </span>
      <span className="row">
        <i className={classNames(styles.cell, styles.pending)} /> <Trans>not yet accepted</Trans>
      </span>
      <span className="row">
        <i className={classNames(styles.cell, styles.urgentCell)} /> <Trans>urgent</Trans>
      </span>
      <span className="row">
        <i className={styles.cell} /> <Trans>free</Trans>
      </span>
    </div>
  );
}

function Sorts({
  sort,
  onSort,
}: {
  readonly sort: ExecutorSort;
  readonly onSort: (sort: ExecutorSort) => void;
}) {
  const { t } = useLingui();
  const sorts = { turn: t`By turn`, load: t`By load`, name: t`By name` } as const;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a frame and a legend of its own
    <span className={manager.segments} role="group" aria-label={t`Order of the executors`}>
      {(Object.keys(sorts) as ExecutorSort[]).map((each) => (
        <button key={each} type="button" aria-pressed={each === sort} onClick={() => onSort(each)}>
          {sorts[each]}
        </button>
      ))}
    </span>
  );
}

export function Executors({
  board,
  onOpen,
}: {
  readonly board: Board;
  readonly onOpen: (id: string) => void;
}) {
  const [sort, setSort] = useSort();
  const { data, error, refetch } = useQuery(executorsQuery(board.deskId, sort));
  const { rows, moved, sortAgain } = useSteady(data ?? [], `${board.deskId} ${sort}`);
  return (
    <section className={classNames(manager.card, styles.executors)}>
      <div className={styles.bar2}>
        <h2 className="strong">
          <Trans>Executors</Trans>
        </h2>
        <Presences rows={rows} />
        <span className="grow" />
        <Room board={board} rows={rows} />
        {moved && (
          <Button look="ghost" onClick={sortAgain}>
            <ArrowDownUp />
            <Trans>Sort again</Trans>
          </Button>
        )}
        <Sorts sort={sort} onSort={setSort} />
      </div>
      {error && data === undefined ? (
        <Failed
          title={<Trans>The executors could not be loaded</Trans>}
          problem={error}
          onRetry={() => void refetch()}
        />
      ) : data === undefined ? (
        <Skeleton lines={8} />
      ) : rows.length === 0 ? (
        <Empty title={<Trans>This desk has no executors yet</Trans>} />
      ) : (
        <Rows board={board} rows={rows} onOpen={onOpen} />
      )}
      <Legend />
      <span className="hidden-text" aria-live="polite">
        <Plural value={rows.length} one="# executor" other="# executors" />
      </span>
    </section>
  );
}
