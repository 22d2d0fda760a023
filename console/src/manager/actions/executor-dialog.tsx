import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../../api/client.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { NotFound, Skeleton } from '../../parts/states.tsx';
import manager from '../manager.module.css';
import { executorsQuery } from '../queries.ts';
import type { ExecutorRow } from '../types.ts';
import styles from './actions.module.css';
import { useAction } from './use-action.ts';

type Step = 'look' | 'offline' | 'reassign';

function Look({ row, onStep }: { readonly row: ExecutorRow; readonly onStep: (step: Step) => void }) {
  const { open, openUrgent, unaccepted, waitingClient } = row;
  return (
    <div className={manager.form}>
      <dl className={manager.pairs}>
        <dt>
          <Trans>In hand</Trans>
        </dt>
        <dd className="num">
          {open} ·{' '}
          <Trans>
            {openUrgent} urgent, {unaccepted} not yet accepted
          </Trans>
        </dd>
        <dt>
          <Trans>Parked</Trans>
        </dt>
        <dd className="num">{waitingClient}</dd>
        <dt>
          <Trans>Turn</Trans>
        </dt>
        <dd className="num">{row.turn ?? '–'}</dd>
      </dl>
      <div className={manager.buttons}>
        <Button disabled={open === 0} onClick={() => onStep('reassign')}>
          <Trans>Reassign their tickets…</Trans>
        </Button>
        <Button disabled={row.presence === 'offline'} onClick={() => onStep('offline')}>
          <Trans>Force offline…</Trans>
        </Button>
      </div>
    </div>
  );
}

function Question({ row, step }: { readonly row: ExecutorRow; readonly step: 'offline' | 'reassign' }) {
  const { name, open } = row;
  return (
    <p>
      {step === 'offline' ? (
        <Plural
          value={open}
          _0={`${name} goes offline. They have nothing in hand.`}
          one={`${name} goes offline, and # ticket in their hand goes back to the line, ahead of all others.`}
          other={`${name} goes offline, and # tickets in their hand go back to the line, ahead of all others.`}
        />
      ) : (
        <Plural
          value={open}
          one={`# ticket leaves the hand of ${name}. They are not considered for it for five minutes.`}
          other={`# tickets leave the hand of ${name}. They are not considered for them for five minutes.`}
        />
      )}
    </p>
  );
}

function Receiver({
  row,
  rows,
  chosen,
  onChoose,
}: {
  readonly row: ExecutorRow;
  readonly rows: readonly ExecutorRow[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}) {
  const others = rows.filter(
    ({ presence, executorId }) => presence === 'online' && executorId !== row.executorId,
  );
  return (
    <label className={styles.receiver}>
      <span className="muted">
        <Trans>To</Trans>
      </span>
      <select value={chosen} onChange={({ target }) => onChoose(target.value)}>
        <option value="">
          <Trans>the line, for whoever has room</Trans>
        </option>
        {others.map(({ executorId, name }) => (
          <option key={executorId} value={executorId}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Confirm({
  row,
  rows,
  step,
  onClose,
  onBack,
}: {
  readonly row: ExecutorRow;
  readonly rows: readonly ExecutorRow[];
  readonly step: 'offline' | 'reassign';
  readonly onClose: () => void;
  readonly onBack: () => void;
}) {
  const { t } = useLingui();
  const [reason, setReason] = useState('');
  const [to, setTo] = useState('');
  const { busy, refusal, run } = useAction(onClose);
  const { executorId, open } = row;
  const path = { executorId };
  const send = (): Promise<unknown> =>
    step === 'offline'
      ? bodyOf(
          api.POST('/v1/executors/{executorId}/force-offline', {
            params: { path },
            body: { reason: reason.trim() },
          }),
        )
      : bodyOf(
          api.POST('/v1/executors/{executorId}/reassign', {
            params: { path },
            body: { reason: reason.trim(), ...(to !== '' && { toExecutorId: to }) },
          }),
        );
  return (
    <form
      className={manager.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '') void run(send);
      }}
    >
      <Question row={row} step={step} />
      {step === 'reassign' && <Receiver row={row} rows={rows} chosen={to} onChoose={setTo} />}
      <Field
        label={t`Reason, for the record`}
        value={reason}
        maxLength={500}
        required
        autoFocus
        onChange={(event) => setReason(event.target.value)}
      />
      {refusal !== undefined && (
        <p className={manager.refusal} role="alert">
          {refusal}
        </p>
      )}
      <div className={manager.buttons}>
        <Button look="ghost" onClick={onBack}>
          <Trans>Back</Trans>
        </Button>
        <Button look="danger" type="submit" disabled={busy || reason.trim() === ''}>
          {step === 'offline' ? (
            <Trans>Force offline</Trans>
          ) : (
            <Plural value={open} one="Reassign # ticket" other="Reassign # tickets" />
          )}
        </Button>
      </div>
    </form>
  );
}

/** An executor, and what a manager can do to them: each says how many tickets it moves, and asks. */
export default function ExecutorDialog({
  executorId,
  deskId,
  onClose,
}: {
  readonly executorId: string;
  readonly deskId: string;
  readonly onClose: () => void;
}) {
  const { data: rows } = useQuery(executorsQuery(deskId, 'turn'));
  const [step, setStep] = useState<Step>('look');
  const row = rows?.find((each) => each.executorId === executorId);
  return (
    <Dialog
      open
      narrow
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={row?.name ?? <Trans>Executor</Trans>}
    >
      {rows === undefined ? (
        <Skeleton lines={4} />
      ) : row === undefined ? (
        <NotFound />
      ) : step === 'look' ? (
        <Look row={row} onStep={setStep} />
      ) : (
        <Confirm row={row} rows={rows} step={step} onClose={onClose} onBack={() => setStep('look')} />
      )}
    </Dialog>
  );
}
