import { useSyncExternalStore } from 'react';
import { serverNow } from '../api/server-clock.ts';

/** One timer for everything on the screen that counts; it stands still while nobody looks at the page. */
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

const tick = (): void => {
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  timer ??= setInterval(tick, 250);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
};

/** The server's time, renewed when it enters another step. @param stepMs e.g. 1000 for seconds */
export const useServerNow = (stepMs: number): number =>
  useSyncExternalStore(subscribe, () => Math.floor(serverNow() / stepMs) * stepMs);
