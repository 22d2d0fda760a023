import { Trans, useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api, bodyOf } from '../api/client.ts';
import type { Ticket } from '../api/types.ts';
import type { Command } from '../app/commands/command.ts';
import { useCommands } from '../app/commands/registry.ts';
import { problemText } from '../app/problem-text.ts';
import { Button } from '../parts/button.tsx';
import styles from './messages.module.css';

/** Closing is asked in place: it is final. @returns the command, and the question once it is asked */
export const useClosing = (
  ticket: Ticket,
): { readonly command: Command | undefined; readonly bar: ReactNode } => {
  const { t, i18n } = useLingui();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const command: Command | undefined =
    ticket.state === 'closed'
      ? undefined
      : {
          id: 'close',
          label: t`It is settled: close`,
          group: t`This conversation`,
          keys: ['KeyC'],
          run: () => setAsking(true),
        };
  useCommands(command ? [command] : []);
  const close = async (): Promise<void> => {
    setAsking(false);
    const params = { path: { ticketId: ticket.ticketId } };
    await bodyOf(api.POST('/v1/tickets/{ticketId}/close', { params, body: {} })).catch(setProblem);
    for (const key of ['ticket', 'tickets', 'thread']) void client.invalidateQueries({ queryKey: [key] });
  };
  if (problem !== undefined && command)
    return { command, bar: <p className={`${styles.closed} urgent`}>{problemText(problem, i18n)}</p> };
  if (!asking || !command) return { command, bar: null };
  return { command, bar: <Question onClose={() => void close()} onKeep={() => setAsking(false)} /> };
};

function Question({ onClose, onKeep }: { readonly onClose: () => void; readonly onKeep: () => void }) {
  return (
    <div className={styles.closed}>
      <span className="grow">
        <Trans>Close this conversation? You can always write a new one.</Trans>
      </span>
      <Button look="primary" autoFocus keyName="↵" onClick={onClose}>
        <Trans>Close</Trans>
      </Button>
      <Button look="ghost" onClick={onKeep}>
        <Trans>Keep</Trans>
      </Button>
    </div>
  );
}
