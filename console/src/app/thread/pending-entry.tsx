import { Trans, useLingui } from '@lingui/react/macro';
import { Clock } from 'lucide-react';
import { ApiProblem } from '../../api/problem.ts';
import { useServerNow } from '../../parts/now.ts';
import { liveState } from '../live/live-state.ts';
import { problemText } from '../problem-text.ts';
import { useValue } from '../value-store.ts';
import { discard, retry } from '../writing/outbox.ts';
import type { Outgoing } from '../writing/queue.ts';
import { Entry } from './entry.tsx';

const STILL_AFTER_MS = 10_000;

interface PendingProps {
  readonly item: Outgoing;
  readonly position: number;
  readonly of: number;
  readonly onEdit: (item: Outgoing) => void;
}

function Waiting({ item, position, of }: Omit<PendingProps, 'onEdit'>) {
  // The clock of this browser on both sides; the tick only brings it round.
  useServerNow(1000);
  const offline = useValue(liveState).kind === 'offline';
  const old = Date.now() - item.writtenAtMs > STILL_AFTER_MS;
  return (
    <>
      <Clock />
      {offline ? (
        <Trans>
          Sent when back · {position} of {of}
        </Trans>
      ) : old ? (
        <Trans>Still sending…</Trans>
      ) : (
        <Trans>Sending…</Trans>
      )}
    </>
  );
}

function Refused({ item, onEdit }: Pick<PendingProps, 'item' | 'onEdit'>) {
  return (
    <>
      <span className="urgent">
        <Trans>Not sent</Trans>
      </span>
      <button type="button" className="link" onClick={() => retry(item.key)}>
        <Trans>Retry</Trans>
      </button>
      <button
        type="button"
        className="link"
        onClick={() => {
          discard(item.key);
          onEdit(item);
        }}
      >
        <Trans>Edit</Trans>
      </button>
      <button type="button" className="link" onClick={() => navigator.clipboard?.writeText(item.text)}>
        <Trans>Copy</Trans>
      </button>
      <button type="button" className="link" onClick={() => discard(item.key)}>
        <Trans>Discard</Trans>
      </button>
    </>
  );
}

/** An entry that is not written yet: on its way, waiting for the line, or refused. */
export function PendingEntry({ item, position, of, onEdit }: PendingProps) {
  const { i18n } = useLingui();
  const refused = item.state === 'refused';
  const problem = new ApiProblem({ status: 422, code: item.code ?? '', message: item.detail ?? '' });
  return (
    <Entry
      right
      look={refused ? 'refused' : 'waiting'}
      text={item.text}
      files={item.files}
      reason={refused ? problemText(problem, i18n) : undefined}
      state={
        refused ? (
          <Refused item={item} onEdit={onEdit} />
        ) : (
          <Waiting item={item} position={position} of={of} />
        )
      }
    />
  );
}
