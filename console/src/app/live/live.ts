import { serverNow } from '../../api/server-clock.ts';
import { queries } from '../queries.ts';
import { liveState } from './live-state.ts';

const EVERY_MS = 5000;

/** Fetches what is on the screen every few seconds. @returns how to stop */
export const startLive = (): (() => void) => {
  const sinceMs = serverNow();
  liveState.set({ kind: 'polling', sinceMs });
  const timer = setInterval(() => void queries.invalidateQueries({ refetchType: 'active' }), EVERY_MS);
  return () => clearInterval(timer);
};
