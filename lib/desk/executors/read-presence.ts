import type { Runtime } from '../../platform/runtime.ts';
import { executorMissing } from '../core/executor-repository.ts';
import { findPresence } from './presence-repository.ts';
import { type PresenceView, toPresenceView } from './presence-view.ts';

/** An executor's presence, load and heartbeat settings. Throws `executor-not-found`. */
export const readPresence = async (rt: Runtime, executorId: string): Promise<PresenceView> => {
  const seen = await findPresence(rt, executorId);
  if (!seen) throw executorMissing();
  return toPresenceView(seen.stored.executor, seen);
};
