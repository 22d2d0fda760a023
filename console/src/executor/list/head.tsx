import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { nextQuery, usePresence } from '../queries.ts';
import styles from './ticket-list.module.css';

/**
 * What is in hand, of what there is room for while the desk gives tickets. The room for urgent ones says their cap only while it is
 * the narrower of the two.
 */
function Load() {
  const { data: presence } = usePresence();
  const { data: next } = useQuery(nextQuery);
  if (!presence) return null;
  const { open, openUrgent } = presence;
  const room = presence.presence === 'online' ? next?.room : undefined;
  const all = room === undefined ? undefined : open + room;
  const isUrgentCap = room !== undefined && next !== undefined && next.urgentRoom < room;
  const urgentAll = isUrgentCap ? openUrgent + next.urgentRoom : undefined;
  return (
    <span className="muted num cut">
      {all === undefined ? (
        <Trans>{open} in hand</Trans>
      ) : (
        <Trans>
          {open} of {all}
        </Trans>
      )}
      {' · '}
      {urgentAll === undefined ? (
        <Trans>{openUrgent} urgent</Trans>
      ) : (
        <Trans>
          {openUrgent} of {urgentAll} urgent
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
