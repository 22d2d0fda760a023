import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { api, bodyOf } from '../../api/client.ts';
import type { ThreadEntry } from '../../api/types.ts';

const AFTER_MS = 600;

const subscribe = (listener: () => void): (() => void) => {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
};

const useVisible = (): boolean =>
  useSyncExternalStore(subscribe, () => document.visibilityState === 'visible');

/** Marks a thread as read up to its last entry, as long as somebody looks at it. @param active not for threads that one has lost */
export const useMarkRead = (ticketId: string, entries: readonly ThreadEntry[], active: boolean): void => {
  const client = useQueryClient();
  const visible = useVisible();
  const marked = useRef<string>(undefined);
  const upTo = entries.at(-1)?.at;
  useEffect(() => {
    if (!active || !visible || upTo === undefined || marked.current === upTo) return;
    const timer = setTimeout(() => {
      marked.current = upTo;
      bodyOf(api.PUT('/v1/tickets/{ticketId}/read', { params: { path: { ticketId } }, body: { upTo } })).then(
        () => void client.invalidateQueries({ queryKey: ['tickets'] }),
        () => {
          // The next entry, or the next look at it, marks it again.
          marked.current = undefined;
        },
      );
    }, AFTER_MS);
    return () => clearTimeout(timer);
  }, [active, visible, upTo, ticketId, client]);
};
