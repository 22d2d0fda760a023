import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { classNames } from '../../parts/class-names.ts';
import { clockText } from '../../parts/durations.ts';
import manager from '../manager.module.css';
import { useNames } from '../queries.ts';
import { TicketNumber } from '../ticket-number.tsx';
import type { LimitValues, ReplayResult } from '../types.ts';
import styles from './what-if.module.css';

type MovedTicket = NonNullable<ReplayResult['moved']>['tickets'][number];
type Fare = NonNullable<MovedTicket['simulated']>;

function Side({ fare, name }: { readonly fare: Fare | null; readonly name: string | undefined }) {
  if (fare === null)
    return (
      <span className="muted">
        <Trans>did not wait</Trans>
      </span>
    );
  const wait = clockText(Math.round(fare.waitSec));
  if (fare.executorId === null) return <Trans>{wait} · still waiting</Trans>;
  return (
    <>
      {wait} · {name ?? '…'}
    </>
  );
}

/** Why it fares differently, as far as the two runs say. */
function Because({
  moved,
  cap,
  nameOf,
}: {
  readonly moved: MovedTicket;
  readonly cap: number;
  readonly nameOf: (id: string) => string | undefined;
}) {
  const { simulated, changed, differenceSec } = moved;
  const name = changed?.executorId ? (nameOf(changed.executorId) ?? '…') : undefined;
  const load = changed?.load ?? 0;
  if (simulated === null) return <Trans>its executor lost it under the draft alone</Trans>;
  if (changed === null) return <Trans>its executor kept it under the draft</Trans>;
  if (name === undefined) return <Trans>nobody had room until the end</Trans>;
  if (differenceSec < 0 && load > cap)
    return (
      <Trans>
        {name} had room for {load} at once
      </Trans>
    );
  if (differenceSec < 0) return <Trans>room came sooner</Trans>;
  return <Trans>those before it took the room</Trans>;
}

function Row({
  moved,
  limits,
  nameOf,
}: {
  readonly moved: MovedTicket;
  readonly limits: LimitValues;
  readonly nameOf: (id: string) => string | undefined;
}) {
  const { t } = useLingui();
  const lines = { new: t`new`, urgent: t`urgent`, orphaned: t`orphaned` };
  const { simulated, changed, differenceSec } = moved;
  const fare = changed ?? simulated;
  const promoted = fare?.promoted === true || simulated?.promoted === true;
  const difference = `${differenceSec < 0 ? '−' : '+'}${clockText(Math.round(Math.abs(differenceSec)))}`;
  const named = (side: Fare | null) => (side?.executorId ? nameOf(side.executorId) : undefined);
  return (
    <tr>
      <td>
        <TicketNumber ticketId={moved.ticketId} />
      </td>
      <td>{fare && (promoted ? `${lines[fare.line]} → ${lines.urgent}` : lines[fare.line])}</td>
      <td className="num">
        <Side fare={simulated} name={named(simulated)} />
      </td>
      <td className="num">
        <Side fare={changed} name={named(changed)} />
      </td>
      <td className={classNames('num', styles.right, differenceSec < 0 ? 'ok' : 'urgent')}>{difference}</td>
      <td className="muted">
        <Because moved={moved} cap={limits.maxTicketsPerExecutor} nameOf={nameOf} />
      </td>
    </tr>
  );
}

export function Moved({
  result,
  deskId,
  limits,
}: {
  readonly result: ReplayResult;
  readonly deskId: string;
  readonly limits: LimitValues;
}) {
  const nameOf = useNames(deskId);
  const { moved } = result;
  if (moved === null) return null;
  const { sooner, later } = moved;
  return (
    <section className={classNames(manager.card, styles.moved)}>
      <div className={styles.curvesHead}>
        <h2 className="strong grow">
          <Trans>Tickets that fare differently</Trans>
        </h2>
        <span className="small muted num">
          <Plural value={sooner} one="# sooner" other="# sooner" /> ·{' '}
          <Plural value={later} one="# later" other="# later" />
        </span>
      </div>
      {moved.tickets.length === 0 ? (
        <p className={styles.none}>
          <Trans>Every ticket waits as long as under own limits.</Trans>
        </p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <div className={styles.scroll} tabIndex={0}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">
                  <Trans>Ticket</Trans>
                </th>
                <th scope="col">
                  <Trans>Line</Trans>
                </th>
                <th scope="col">
                  <Trans>Own limits</Trans>
                </th>
                <th scope="col">
                  <Trans>Draft</Trans>
                </th>
                <th scope="col" className={styles.right}>
                  <Trans>Difference</Trans>
                </th>
                <th scope="col">
                  <Trans>Because</Trans>
                </th>
              </tr>
            </thead>
            <tbody>
              {moved.tickets.map((each) => (
                <Row key={each.ticketId} moved={each} limits={limits} nameOf={nameOf} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
