import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import type { Command } from '../app/commands/command.ts';
import { CommandButton } from '../app/commands/command-button.tsx';
import { useCommands } from '../app/commands/registry.ts';
import { Empty, Failed, Skeleton } from '../parts/states.tsx';
import { Conversation } from './conversation.tsx';
import styles from './messages.module.css';
import { NewMessage } from './new-message.tsx';
import { PLACE } from './place.ts';
import { ownQuery } from './queries.ts';
import { Rows } from './rows.tsx';

const useWriteCommand = (): Command => {
  const { t } = useLingui();
  const navigate = useNavigate();
  const command: Command = {
    id: 'write',
    label: t`New message`,
    group: t`Messages`,
    keys: ['KeyN'],
    run: () => void navigate({ to: PLACE, params: { ticketId: 'new' } }),
  };
  useCommands([command]);
  return command;
};

function List({ selected, write }: { readonly selected: string | undefined; readonly write: Command }) {
  const { data, error, refetch } = useQuery(ownQuery);
  return (
    <section className={styles.list}>
      <header className={styles.head}>
        <h1 className="title grow">
          <Trans>Messages</Trans>
        </h1>
        <CommandButton command={write} icon={<Plus />} look="primary" />
      </header>
      <div className={styles.scroll}>
        {data === undefined && !error && <Skeleton />}
        {data === undefined && error && (
          <Failed
            title={<Trans>Your messages could not be loaded</Trans>}
            problem={error}
            safe={<Trans>What you have written is kept on this computer.</Trans>}
            onRetry={() => void refetch()}
          />
        )}
        {data && <Rows tickets={data} selected={selected} />}
        {data?.length === 0 && (
          <Empty
            title={<Trans>No messages yet</Trans>}
            actions={<CommandButton command={write} look="primary" />}
          >
            <Trans>Write what it is about; somebody answers here.</Trans>
          </Empty>
        )}
      </div>
    </section>
  );
}

/** A client's conversations with the desk. */
export default function MessagesPlace() {
  const { ticketId } = useParams({ strict: false });
  const write = useWriteCommand();
  return (
    <div className={styles.panes} data-open={ticketId !== undefined}>
      <List selected={ticketId} write={write} />
      <main className={styles.thing}>
        {ticketId === undefined && (
          <Empty title={<Trans>Choose a conversation</Trans>} actions={<CommandButton command={write} />} />
        )}
        {ticketId === 'new' && <NewMessage />}
        {ticketId !== undefined && ticketId !== 'new' && <Conversation key={ticketId} ticketId={ticketId} />}
      </main>
    </div>
  );
}
