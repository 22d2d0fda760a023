import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { memo } from 'react';
import { classNames } from '../../parts/class-names.ts';
import { Countdown } from '../../parts/countdown.tsx';
import { Avatar, PresenceDot } from '../../parts/person.tsx';
import { exactTime, secondsTime } from '../../parts/time-text.ts';
import type { ExecutorRow } from '../types.ts';
import { type Cell, cellsOf } from './cells.ts';
import styles from './executors.module.css';

const CLASSES: Readonly<Record<Cell, string | undefined>> = {
  accepted: styles.accepted,
  pending: styles.pending,
  urgent: styles.urgentCell,
  'urgent-pending': styles.urgentPending,
  free: undefined,
};

function Cells({ row, cap }: { readonly row: ExecutorRow; readonly cap: number }) {
  const { cells, more } = cellsOf(row, cap);
  const { open, openUrgent, unaccepted } = row;
  return (
    <span className={styles.cells}>
      <span className="hidden-text">
        <Plural value={open} one="# ticket" other="# tickets" />,{' '}
        <Trans>
          {openUrgent} urgent, {unaccepted} not yet accepted
        </Trans>
      </span>
      {cells.map((cell, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cells have no identity, they are a drawn number
        <i key={index} className={classNames(styles.cell, CLASSES[cell])} aria-hidden="true" />
      ))}
      {more > 0 && <span className="small muted num">+{more}</span>}
    </span>
  );
}

function PresenceText({ row }: { readonly row: ExecutorRow }) {
  if (row.presence === 'online') return <Trans>Online</Trans>;
  if (row.presence === 'draining') return <Trans>Draining</Trans>;
  if (row.presence === 'away') return <Trans>Away</Trans>;
  if (row.presence === 'offline') return <Trans>Offline</Trans>;
  const { reconnectUntil } = row;
  return reconnectUntil === null ? (
    <Trans>Lost</Trans>
  ) : (
    <Trans>
      Lost, back within <Countdown until={reconnectUntil} />
    </Trans>
  );
}

const TONES = { online: '', draining: '', suspect: 'late', away: 'muted', offline: 'muted' } as const;

export const ExecutorLine = memo(function ExecutorLine({
  row,
  cap,
  startPx,
  heightPx,
  onOpen,
}: {
  readonly row: ExecutorRow;
  readonly cap: number;
  readonly startPx: number;
  readonly heightPx: number;
  readonly onOpen: (executorId: string) => void;
}) {
  const { i18n } = useLingui();
  const { presence, open, waitingClient, lastAssignedAt, turn } = row;
  const online = presence === 'online';
  return (
    <tr
      className={classNames(styles.cols, styles.row)}
      style={{ transform: `translateY(${startPx}px)`, height: heightPx }}
    >
      <td className={styles.name}>
        <button
          type="button"
          data-executor={row.executorId}
          className={styles.open}
          onClick={() => onOpen(row.executorId)}
        >
          <Avatar name={row.name} />
          <span className="cut">{row.name}</span>
        </button>
      </td>
      <td className={classNames('row', styles.presence, TONES[presence])}>
        <PresenceDot presence={presence} />
        <span className="cut">
          <PresenceText row={row} />
        </span>
      </td>
      <td className={styles.hand}>
        <Cells row={row} cap={cap} />
      </td>
      <td className={classNames(styles.load, 'num', online && open > cap && 'late')}>
        {online ? `${open} / ${cap}` : open}
      </td>
      <td className={classNames(styles.parked, 'num muted')}>{waitingClient}</td>
      <td className={classNames(styles.given, 'num')}>
        {lastAssignedAt === null ? (
          '–'
        ) : (
          <time dateTime={lastAssignedAt} title={exactTime(lastAssignedAt, i18n.locale)}>
            {secondsTime(lastAssignedAt, i18n.locale)}
          </time>
        )}
      </td>
      <td className={classNames(styles.turn, 'num muted')}>{turn ?? '–'}</td>
    </tr>
  );
});
