import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { nextQuery, usePresence } from '../queries.ts';
import styles from './ticket-list.module.css';

/** What is in hand, of what there is room for while the desk gives tickets. */
function Load() {
  const { data: presence } = usePresence();
  const { data: next } = useQuery(nextQuery);
  if (!presence) return null;
  const { open, openUrgent } = presence;
  const online = presence.presence === 'online' && next !== undefined;
  const room = open + (next?.room ?? 0);
  const urgentRoom = openUrgent + (next?.urgentRoom ?? 0);
  return (
    <span className="muted num cut">
      {online ? (
        <Trans>
          {open} of {room} · {openUrgent} of {urgentRoom} urgent
        </Trans>
      ) : (
        <Trans>
          {open} in hand · {openUrgent} urgent
        </Trans>
      )}
    </span>
  );
}

export function ListHead() {
  return (
    <header className={styles.head}>
      <h1 className="title">
        <Trans>My tickets</Trans>
      </h1>
      <Load />
    </header>
  );
}
