/** What somebody has typed and not sent: kept by user, so that nobody sees another's (R-NFR-07). */
import { useSyncExternalStore } from 'react';
import { store, stored } from '../stored.ts';
import { type Draft, parseDraft } from './draft.ts';

const PREFIX = 'rotadesk.draft.';
/** This tab, among those of one person. */
export const TAB = crypto.randomUUID();

export interface DraftKey {
  readonly userId: string;
  /** A ticket's id, or `new`. */
  readonly thread: string;
  readonly mode: string;
}

const nameOf = ({ userId, thread, mode }: DraftKey): string => `${PREFIX}${userId}.${thread}.${mode}`;

const cache = new Map<string, Draft | undefined>();
const listeners = new Set<() => void>();

const changed = (): void => {
  for (const listener of listeners) listener();
};

const read = (name: string): Draft | undefined => {
  if (!cache.has(name)) cache.set(name, parseDraft(stored(name)));
  return cache.get(name);
};

window.addEventListener('storage', ({ key }) => {
  if (key !== null && !key.startsWith(PREFIX)) return;
  if (key === null) cache.clear();
  else cache.delete(key);
  changed();
});

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

/** @param text empty: the draft is gone */
export const writeDraft = (key: DraftKey, text: string): void => {
  const name = nameOf(key);
  const draft = text === '' ? undefined : { text, tab: TAB, atMs: Date.now() };
  cache.set(name, draft);
  store(name, draft && JSON.stringify(draft));
  changed();
};

export const useDraft = (key: DraftKey): Draft | undefined =>
  useSyncExternalStore(subscribe, () => read(nameOf(key)));

/** Whether anything is typed in this thread. */
export const useHasDraft = (userId: string, thread: string): boolean =>
  useSyncExternalStore(subscribe, () =>
    ['reply', 'note'].some((mode) => read(nameOf({ userId, thread, mode })) !== undefined),
  );
