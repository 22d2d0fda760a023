import { useLingui } from '@lingui/react/macro';
import type { Presence } from '../../api/types.ts';
import { PresenceDot } from '../../parts/person.tsx';
import { type LiveState, liveState } from '../live/live-state.ts';
import { useValue } from '../value-store.ts';
import styles from './live-line.module.css';
import { ownPresence } from './own-presence.ts';

const dotOf = (presence: Presence | undefined, live: LiveState): Presence => {
  if (live.kind === 'offline') return 'offline';
  return presence ?? (live.kind === 'on' ? 'online' : 'suspect');
};

/** The reader's presence, and whether what they see is live. */
export function LiveLine() {
  const { t } = useLingui();
  const live = useValue(liveState);
  const presence = useValue(ownPresence);
  const presences: Readonly<Record<Presence, string>> = {
    online: t`Online`,
    draining: t`Draining`,
    away: t`Away`,
    suspect: t`Connection lost`,
    offline: t`Offline`,
  };
  const lives: Readonly<Record<LiveState['kind'], string>> = {
    connecting: t`connecting`,
    on: t`live`,
    polling: t`every 5 s`,
    offline: t`no connection`,
  };
  return (
    <span className={styles.line}>
      <PresenceDot presence={dotOf(presence, live)} />
      <span className="cut">
        {presence && `${presences[presence]} · `}
        {lives[live.kind]}
      </span>
    </span>
  );
}
