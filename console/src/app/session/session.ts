import type { User } from '../../api/types.ts';
import { valueStore } from '../value-store.ts';

export type Session =
  | { readonly kind: 'starting' }
  /** Nobody; the desk could not be asked when `unreachable`. */
  | { readonly kind: 'none'; readonly unreachable?: boolean }
  | { readonly kind: 'active'; readonly user: User }
  /** It ended while the page was in use: the code is asked over the page, and nothing behind it is dropped. */
  | { readonly kind: 'ended'; readonly user: User };

export const session = valueStore<Session>({ kind: 'starting' });

/** Whose page this is, also while their session has ended. */
export const currentUser = (): User | undefined => {
  const now = session.get();
  return now.kind === 'active' || now.kind === 'ended' ? now.user : undefined;
};
