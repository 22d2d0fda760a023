import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Why } from '../../api/types.ts';
import { classNames } from '../../parts/class-names.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Failed, Skeleton } from '../../parts/states.tsx';
import { dateTime } from '../../parts/time-text.ts';
import { useNames, whyQuery } from '../queries.ts';
import { TicketNumber } from '../ticket-number.tsx';
import styles from './why.module.css';

type Candidate = Why['candidates'][number];
type NameOf = (id: string | null) => string;

const useRule = (why: Why, nameOf: NameOf): ReactNode => {
  const who = nameOf(why.executorId);
  const actor = nameOf(why.actorId);
  const rules: Readonly<Record<Why['rule'], ReactNode>> = {
    'assigned-longest-ago': <Trans>{who} had room and was assigned longest ago of all who had.</Trans>,
    manual: (
      <Trans>
        {actor} assigned it to {who} by hand.
      </Trans>
    ),
    transfer: (
      <Trans>
        {actor} transferred it to {who}.
      </Trans>
    ),
    reassign: (
      <Trans>
        {actor} moved all tickets of its last executor to {who}.
      </Trans>
    ),
    'nobody-has-room': <Trans>It waits: nobody online has room for it.</Trans>,
    'all-passed-over': <Trans>It waits: each of those online declined or missed it of late.</Trans>,
    'nobody-there': <Trans>It waits: nobody is online.</Trans>,
    'others-first': <Trans>It waits: those before it in line take the room.</Trans>,
    'being-assigned': <Trans>It is being assigned just now.</Trans>,
    'no-decision': <Trans>It was closed before anybody had it.</Trans>,
  };
  return rules[why.rule];
};

const useReasons = (): Readonly<Record<NonNullable<Candidate['excluded']>, string>> => {
  const { t } = useLingui();
  return {
    draining: t`draining`,
    away: t`away`,
    suspect: t`connection lost`,
    offline: t`offline`,
    cap: t`full`,
    urgentCap: t`full of urgent ones`,
    declined: t`declined or missed it`,
    dealt: t`got their share`,
  };
};

function Ladder({ why, nameOf }: { readonly why: Why; readonly nameOf: NameOf }) {
  const reasons = useReasons();
  return (
    <ul className={styles.ladder}>
      {why.candidates.map(({ executorId, excluded, open, openUrgent }) => {
        const chosen = executorId === why.executorId;
        return (
          <li key={executorId}>
            {chosen ? <Check className="ok" /> : excluded === null ? <span /> : <Minus className="muted" />}
            <span className={classNames('cut', chosen && 'strong', excluded !== null && 'muted')}>
              {nameOf(executorId)}
            </span>
            <span className="muted num">
              {excluded === null ? (
                <Trans>
                  {open} in hand · {openUrgent} urgent
                </Trans>
              ) : (
                reasons[excluded]
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** Those who could not have it, by reason, beyond the ones shown by name. */
function Excluded({ why }: { readonly why: Why }) {
  const reasons = useReasons();
  const entries = Object.entries(why.excluded) as [keyof typeof reasons, { count: number; more: boolean }][];
  if (entries.length === 0) return null;
  return (
    <p className="small muted num">
      <Trans>Passed over in all:</Trans>{' '}
      {entries
        .map(([reason, { count, more }]) => `${count}${more ? '+' : ''} ${reasons[reason]}`)
        .join(' · ')}
    </p>
  );
}

function Versions({ why }: { readonly why: Why }) {
  const { t, i18n } = useLingui();
  const lines = { new: t`new`, urgent: t`urgent`, orphaned: t`orphaned` };
  const { number, limitsVersion, line, at, position } = why;
  const parts = [
    ...(line === null ? [] : [t`line: ${lines[line]}`]),
    ...(position === null ? [] : [t`place ${position.count}${position.more ? '+' : ''} in line`]),
    ...(number === null ? [] : [t`decision ${new Intl.NumberFormat(i18n.locale).format(number)}`]),
    ...(limitsVersion === null ? [] : [t`limits v${limitsVersion}`]),
    ...(at === null ? [] : [dateTime(at, i18n.locale)]),
  ];
  return <p className={classNames('small muted num', styles.foot)}>{parts.join(' · ')}</p>;
}

function Reason({ ticketId, deskId }: { readonly ticketId: string; readonly deskId: string }) {
  const { t } = useLingui();
  const { data: why, error, refetch } = useQuery(whyQuery(ticketId));
  const known = useNames(deskId);
  const nameOf: NameOf = (id) =>
    id === null ? t`somebody` : (known(id) ?? t`a manager or somebody of another desk`);
  const rule = useRule(why ?? EMPTY, nameOf);
  if (error && why === undefined)
    return (
      <Failed
        title={<Trans>The reason could not be loaded</Trans>}
        problem={error}
        onRetry={() => void refetch()}
      />
    );
  if (why === undefined) return <Skeleton lines={5} />;
  return (
    <div className={styles.reason}>
      <p className="strong">{rule}</p>
      {why.overCap === true && (
        <p className="late">
          <Trans>Above their cap, on purpose.</Trans>
        </p>
      )}
      <Ladder why={why} nameOf={nameOf} />
      <Excluded why={why} />
      <Versions why={why} />
    </div>
  );
}

const EMPTY: Why = {
  ticketId: '',
  state: 'waiting',
  rule: 'no-decision',
  line: null,
  executorId: null,
  number: null,
  at: null,
  limitsVersion: null,
  actorId: null,
  overCap: null,
  position: null,
  excluded: {},
  candidates: [],
  behind: null,
};

/** Why a ticket is where it is: the rule, those who could have had it, and who was passed over for what. */
export default function WhyDialog({
  ticketId,
  deskId,
  onClose,
}: {
  readonly ticketId: string;
  readonly deskId: string;
  readonly onClose: () => void;
}) {
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={
        <Trans>
          Why <TicketNumber ticketId={ticketId} /> is where it is
        </Trans>
      }
    >
      <Reason ticketId={ticketId} deskId={deskId} />
    </Dialog>
  );
}
