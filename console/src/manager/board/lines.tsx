import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Clock, Flame } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Ticket } from '../../api/types.ts';
import { classNames } from '../../parts/class-names.ts';
import { clockText } from '../../parts/durations.ts';
import { useServerNow } from '../../parts/now.ts';
import { Tag } from '../../parts/tag.tsx';
import manager from '../manager.module.css';
import { lineQuery } from '../queries.ts';
import { numberOrId } from '../ticket-number.tsx';
import type { Board, BoardLine, Line } from '../types.ts';
import styles from './board.module.css';
import { limitSecOf, type WaitState, waitState } from './waits.ts';

const COLOURS = { plain: undefined, late: 'late', urgent: 'urgent' } as const;

function Bar({ wait, tickPercent }: { readonly wait: WaitState; readonly tickPercent: number }) {
  return (
    <span className={styles.bar} aria-hidden="true">
      <i className={styles[wait.tone]} style={{ width: `${wait.share * 100}%` }} />
      <i className={styles.tick} style={{ left: `${tickPercent}%` }} />
    </span>
  );
}

/** The one that is served first: how long it has waited, against its limit. */
function Head({
  board,
  line,
  ticket,
}: {
  readonly board: Board;
  readonly line: Line;
  readonly ticket: Ticket;
}) {
  const limits = board.limits.values;
  const nowMs = useServerNow(1000);
  const limitSec = limitSecOf(limits, line, ticket.urgent);
  const wait = waitState(ticket.waitingSince ?? ticket.orderedAt, { limits, limitSec, nowMs });
  const number = numberOrId(ticket.ticketId, ticket.number);
  return (
    <div className={styles.wait}>
      <span>
        <Trans>
          First in line <span className="num muted">{number}</span>
        </Trans>
      </span>
      <span className="num">
        <b className={classNames('strong', COLOURS[wait.tone])}>{clockText(wait.sec)}</b>{' '}
        <span className="muted">
          <Trans>of {clockText(limitSec)}</Trans>
        </span>
      </span>
      <Bar wait={wait} tickPercent={limits.waitWarningPercent} />
    </div>
  );
}

/** What stands out of the first twenty. */
function LineTag({
  board,
  line,
  tickets,
  more,
}: {
  readonly board: Board;
  readonly line: Line;
  readonly tickets: readonly Ticket[];
  readonly more: boolean;
}) {
  const nowMs = useServerNow(1000);
  const limits = board.limits.values;
  const tones = tickets.map((ticket) => {
    const limitSec = limitSecOf(limits, line, ticket.urgent);
    return waitState(ticket.waitingSince ?? ticket.orderedAt, { limits, limitSec, nowMs }).tone;
  });
  const over = tones.filter((tone) => tone === 'urgent').length;
  const late = tones.filter((tone) => tone === 'late').length;
  const percent = limits.waitWarningPercent;
  // Only the first are read: all of them late may be more.
  const overText = more && over === tickets.length ? `${over}+` : String(over);
  if (over > 0)
    return (
      <Tag tone="urgent">
        <Flame />
        <Trans>{overText} overdue</Trans>
      </Tag>
    );
  if (late > 0)
    return (
      <Tag tone="late">
        <Clock />
        <Trans>
          {late} past {percent} %
        </Trans>
      </Tag>
    );
  return line === 'orphaned' ? (
    <Tag>
      <Trans>served first</Trans>
    </Tag>
  ) : null;
}

function LineCard({
  board,
  state,
  title,
}: {
  readonly board: Board;
  readonly state: BoardLine;
  readonly title: ReactNode;
}) {
  const { i18n } = useLingui();
  const { data } = useQuery(lineQuery(board.deskId, state.line));
  const tickets = data?.items ?? [];
  const [first] = tickets;
  const promoted = tickets.filter((ticket) => ticket.promoted).length;
  const { count, more } = state.waiting;
  const shown = new Intl.NumberFormat(i18n.locale).format(count) + (more ? '+' : '');
  return (
    <section className={classNames(manager.card, styles.line)}>
      <div className="row">
        <h2 className="strong grow">{title}</h2>
        <LineTag board={board} line={state.line} tickets={tickets} more={data?.nextCursor != null} />
      </div>
      <div className={styles.count}>
        <span className={manager.figure}>{shown}</span>
        <span className="muted">
          <Plural value={count} one="waiting" other="waiting" />
          {promoted > 0 && (
            <>
              {' · '}
              <Plural value={promoted} one="# promoted" other="# promoted" />
            </>
          )}
        </span>
      </div>
      {first ? (
        <Head board={board} line={state.line} ticket={first} />
      ) : (
        <div className={styles.wait}>
          <span className="muted">{count === 0 ? <Trans>Nobody waits</Trans> : '…'}</span>
          <span />
          <span className={styles.bar} aria-hidden="true" />
        </div>
      )}
    </section>
  );
}

export function Lines({ board }: { readonly board: Board }) {
  const titles: Readonly<Record<Line, ReactNode>> = {
    orphaned: <Trans>Orphaned</Trans>,
    urgent: <Trans>Urgent</Trans>,
    new: <Trans>New</Trans>,
  };
  return (
    <div className={styles.lines}>
      {board.lines.map((state) => (
        <LineCard key={state.line} board={board} state={state} title={titles[state.line]} />
      ))}
    </div>
  );
}
