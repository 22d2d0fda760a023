import type { OwnPresence } from '../api/types.ts';

type Known = Pick<OwnPresence, 'presence' | 'reconnectUntil' | 'lastBeatAt' | 'staleAfterSec'>;

/**
 * Until when tickets stay with an executor whose line is cut, ms by the server's clock. The desk says so once it misses them; before
 * that, they are at least missed when their last heartbeat is stale. Undefined: they are not online, nothing moves.
 */
export const tooLateAtMs = (known: Known): number | undefined => {
  if (known.reconnectUntil !== null) return Date.parse(known.reconnectUntil);
  const beating = known.presence === 'online' || known.presence === 'draining';
  return beating && known.lastBeatAt !== null
    ? Date.parse(known.lastBeatAt) + known.staleAfterSec * 1000
    : undefined;
};
