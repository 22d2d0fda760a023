import { valueStore } from '../value-store.ts';

export type LiveState =
  /** Before the first connection. */
  | { readonly kind: 'connecting' }
  | { readonly kind: 'on' }
  /** Asked for every few seconds instead. @property sinceMs by the server's clock */
  | { readonly kind: 'polling'; readonly sinceMs: number }
  /** The desk cannot be reached at all. */
  | { readonly kind: 'offline'; readonly sinceMs: number };

export const liveState = valueStore<LiveState>({ kind: 'connecting' });
