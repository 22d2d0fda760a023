import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Flame, WifiOff } from 'lucide-react';
import type { Ticket } from '../../api/types.ts';
import { classNames } from '../../parts/class-names.ts';
import { Countdown } from '../../parts/countdown.tsx';
import { clockText } from '../../parts/durations.ts';
import { useServerNow } from '../../parts/now.ts';
import { Tag } from '../../parts/tag.tsx';
import { exactTime, secondsTime } from '../../parts/time-text.ts';
import manager from '../manager.module.css';
import { executorsQuery, lineQuery, useNames } from '../queries.ts';
import { numberOrId, TicketNumber } from '../ticket-number.tsx';
import type { Board, Decision, ExecutorRow } from '../types.ts';
import type { Asked } from './board-place.tsx';
import styles from './side.module.css';
import { limitSecOf } from './waits.ts';

type Ask = (asked: Asked) => void;

function Overdue({
  ticket,
  board,
  onAsk,
}: {
  readonly ticket: Ticket;
  readonly board: Board;
  readonly onAsk: Ask;
}) {
  const nowMs = useServerNow(1000);
  const limitSec = limitSecOf(board.limits.values, ticket.line ?? 'urgent', ticket.urgent);
  const overMs = nowMs - Date.parse(ticket.waitingSince ?? ticket.orderedAt) - limitSec * 1000;
  const number = numberOrId(ticket.ticketId, ticket.number);
  const { ticketId } = ticket;
  return (
    <li className={styles.alert}>
      <Flame className="urgent" />
      <span>
        <Trans>
          <b className="num strong">{number}</b> is overdue
        </Trans>
      </span>
      <span className="num urgent">+{clockText(Math.max(0, overMs / 1000))}</span>
      <span className={styles.sub}>
        {ticket.card?.subject !== undefined && <span className="cut">{ticket.card.subject}</span>}
        <button type="button" className={manager.why} onClick={() => onAsk({ kind: 'why', ticketId })}>
          <Trans>why</Trans>
        </button>
        <button type="button" className="link" onClick={() => onAsk({ kind: 'assign', ticketId })}>
          <Trans>Assign…</Trans>
        </button>
      </span>
    </li>
  );
}

function Lost({ row, onAsk }: { readonly row: ExecutorRow; readonly onAsk: Ask }) {
  const { name, open, executorId } = row;
  return (
    <li className={styles.alert}>
      <WifiOff className="late" />
      <span>
        <Trans>{name} lost connection</Trans>
      </span>
      {row.reconnectUntil === null ? <span /> : <Countdown until={row.reconnectUntil} />}
      <span className={styles.sub}>
        <Plural value={open} one="# ticket then moves" other="# tickets then move" />
        <button type="button" className="link" onClick={() => onAsk({ kind: 'executor', executorId })}>
          <Trans>Move now…</Trans>
        </button>
      </span>
    </li>
  );
}

function Alerts({ board, onAsk }: { readonly board: Board; readonly onAsk: Ask }) {
  const urgent = useQuery(lineQuery(board.deskId, 'urgent'));
  const orphaned = useQuery(lineQuery(board.deskId, 'orphaned'));
  const { data: rows = [] } = useQuery(executorsQuery(board.deskId, 'turn'));
  const overdue = [...(orphaned.data?.items ?? []), ...(urgent.data?.items ?? [])].filter(
    ({ overdueAt }) => overdueAt !== undefined,
  );
  const lost = rows.filter(({ presence }) => presence === 'suspect');
  const more = orphaned.data?.nextCursor != null || urgent.data?.nextCursor != null;
  const count = overdue.length + lost.length;
  const countText = more ? `${count}+` : String(count);
  return (
    <section className={classNames(manager.card, styles.sideCard)}>
      <div className="row">
        <h2 className="strong grow">
          <Trans>Alerts</Trans>
        </h2>
        <span className="small muted num">
          {count > 0 ? <Trans>{countText} open</Trans> : <Trans>none</Trans>}
        </span>
      </div>
      {count > 0 && (
        <ul className={styles.alerts}>
          {overdue.map((ticket) => (
            <Overdue key={ticket.ticketId} ticket={ticket} board={board} onAsk={onAsk} />
          ))}
          {lost.map((row) => (
            <Lost key={row.executorId} row={row} onAsk={onAsk} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Fairness({ board }: { readonly board: Board }) {
  const { t, i18n } = useLingui();
  const { jain, assignments, executors, spread } = board.fairness;
  const figure =
    jain === null
      ? '–'
      : new Intl.NumberFormat(i18n.locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(
          jain,
        );
  return (
    <section className={classNames(manager.card, styles.sideCard)}>
      <div className="row">
        <h2 className="strong grow">
          <Trans>Fairness</Trans>
        </h2>
        <span className="num strong">{figure}</span>
      </div>
      <p
        className="small muted"
        title={t`Jain’s index: 1 is even, 1 divided by their number is everything to one.`}
      >
        {jain === null ? (
          <Trans>Nothing was assigned to those online of late.</Trans>
        ) : (
          <Trans>
            Last {assignments} assignments among {executors} online · widest gap {spread}
          </Trans>
        )}
      </p>
    </section>
  );
}

function DecisionRow({
  decision,
  name,
  onAsk,
}: {
  readonly decision: Decision;
  readonly name: string;
  readonly onAsk: Ask;
}) {
  const { i18n } = useLingui();
  const { at, ticketId } = decision;
  const time = secondsTime(at, i18n.locale);
  return (
    <li className={styles.decision}>
      <time className="num muted" dateTime={at} title={exactTime(at, i18n.locale)}>
        {time}
      </time>
      <span className="cut">
        <b className="strong">
          <TicketNumber ticketId={ticketId} />
        </b>{' '}
        → {name}{' '}
        {decision.overCap && (
          <Tag tone="late">
            <Trans>over cap</Trans>
          </Tag>
        )}
      </span>
      <button type="button" className={manager.why} onClick={() => onAsk({ kind: 'why', ticketId })}>
        {decision.rule === 'plan' ? <Trans>why</Trans> : <Trans>by hand</Trans>}
      </button>
    </li>
  );
}

function Decisions({ board, onAsk }: { readonly board: Board; readonly onAsk: Ask }) {
  const { t } = useLingui();
  const nameOf = useNames(board.deskId);
  return (
    <section className={classNames(manager.card, styles.sideCard, styles.decisions)}>
      <div className="row">
        <h2 className="strong grow">
          <Trans>Decisions</Trans>
        </h2>
        <span className="small muted">
          <Trans>newest first</Trans>
        </span>
      </div>
      {board.decisions.length === 0 ? (
        <p className="small muted">
          <Trans>Nothing was assigned yet.</Trans>
        </p>
      ) : (
        <ul>
          {board.decisions.map((decision) => (
            <DecisionRow
              key={`${decision.at} ${decision.ticketId}`}
              decision={decision}
              name={nameOf(decision.executorId) ?? t`somebody of another desk`}
              onAsk={onAsk}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

export function Side({ board, onAsk }: { readonly board: Board; readonly onAsk: Ask }) {
  return (
    <aside className={styles.side}>
      <Alerts board={board} onAsk={onAsk} />
      <Fairness board={board} />
      <Decisions board={board} onAsk={onAsk} />
    </aside>
  );
}
