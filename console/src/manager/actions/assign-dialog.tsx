import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../../api/client.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Avatar } from '../../parts/person.tsx';
import { Empty, Skeleton } from '../../parts/states.tsx';
import manager from '../manager.module.css';
import { boardQuery, executorsQuery, ticketQuery } from '../queries.ts';
import { TicketNumber } from '../ticket-number.tsx';
import type { ExecutorRow } from '../types.ts';
import styles from './actions.module.css';
import { useAction } from './use-action.ts';

interface Choice {
  readonly row: ExecutorRow;
  readonly room: number;
}

function Choices({
  choices,
  chosen,
  onChoose,
}: {
  readonly choices: readonly Choice[];
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}) {
  const { t } = useLingui();
  return (
    <div role="radiogroup" aria-label={t`Executor`} className={styles.choices}>
      {choices.map(({ row, room }) => (
        <label key={row.executorId} className={styles.choice}>
          <input
            type="radio"
            name="executor"
            checked={row.executorId === chosen}
            onChange={() => onChoose(row.executorId)}
          />
          <Avatar name={row.name} />
          <span className="cut grow">{row.name}</span>
          <span className={room > 0 ? 'muted num' : 'late num'}>
            {room > 0 ? <Plural value={room} one="room for #" other="room for #" /> : <Trans>full</Trans>}
          </span>
        </label>
      ))}
    </div>
  );
}

function Form({
  ticketId,
  deskId,
  onClose,
}: {
  readonly ticketId: string;
  readonly deskId: string;
  readonly onClose: () => void;
}) {
  const { data: ticket } = useQuery(ticketQuery(ticketId));
  const { data: rows } = useQuery(executorsQuery(deskId, 'turn'));
  const { data: board } = useQuery(boardQuery(deskId));
  const [chosen, setChosen] = useState<string>();
  const { busy, refusal, run } = useAction(onClose);
  if (rows === undefined || ticket === undefined || board === undefined) return <Skeleton lines={5} />;
  const { maxTicketsPerExecutor: cap, maxUrgentTicketsPerExecutor: urgentCap } = board.limits.values;
  const roomOf = ({ open, openUrgent }: ExecutorRow): number =>
    Math.max(0, Math.min(cap - open, ticket.urgent ? urgentCap - openUrgent : cap));
  const choices = rows
    .filter(({ presence, executorId }) => presence === 'online' && executorId !== ticket.executorId)
    .map((row) => ({ row, room: roomOf(row) }))
    .toSorted((a, b) => Number(b.room > 0) - Number(a.room > 0));
  if (choices.length === 0) return <Empty title={<Trans>Nobody is online who could have it</Trans>} />;
  const choice = choices.find(({ row }) => row.executorId === chosen);
  const overCap = choice !== undefined && choice.room === 0;
  return (
    <form
      className={manager.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (choice === undefined) return;
        const body = { executorId: choice.row.executorId, ...(overCap && { overCap }) };
        void run(() =>
          bodyOf(api.POST('/v1/tickets/{ticketId}/assign', { params: { path: { ticketId } }, body })),
        );
      }}
    >
      <Choices choices={choices} chosen={chosen} onChoose={setChosen} />
      {overCap && (
        <p className="late">
          <Trans>They have no room: this is above their cap and is recorded as such.</Trans>
        </p>
      )}
      {refusal !== undefined && (
        <p className={manager.refusal} role="alert">
          {refusal}
        </p>
      )}
      <div className={manager.buttons}>
        <Button look="ghost" onClick={onClose}>
          <Trans>Cancel</Trans>
        </Button>
        <Button look="primary" type="submit" disabled={busy || choice === undefined}>
          {overCap ? <Trans>Assign above the cap</Trans> : <Trans>Assign</Trans>}
        </Button>
      </div>
    </form>
  );
}

/** Gives a ticket to somebody who is online, room or not. */
export default function AssignDialog(props: {
  readonly ticketId: string;
  readonly deskId: string;
  readonly onClose: () => void;
}) {
  return (
    <Dialog
      open
      narrow
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
      title={
        <Trans>
          Assign <TicketNumber ticketId={props.ticketId} />
        </Trans>
      }
    >
      <Form {...props} />
    </Dialog>
  );
}
