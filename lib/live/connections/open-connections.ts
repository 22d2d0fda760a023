// @pure

import type { Instant } from '../../platform/clock.ts';
import { MAX_CONNECTIONS } from '../frames.ts';
import type { UserConnections } from '../model.ts';

type Open = UserConnections['open'][number];

const none = (userId: string): UserConnections => ({ userId, open: [], version: 0 });

/** One connection more. The oldest give way: they are half-open lines more often than windows that somebody looks at. */
export const withConnection = (
  before: UserConnections | undefined,
  userId: string,
  connection: Open,
): { readonly after: UserConnections; readonly closing: readonly string[] } => {
  const { open, version, ...rest } = before ?? none(userId);
  const all = [...open.filter(({ connectionId }) => connectionId !== connection.connectionId), connection];
  const kept = all.slice(-MAX_CONNECTIONS);
  const closing = all.slice(0, -MAX_CONNECTIONS).map(({ connectionId }) => connectionId);
  return { after: { ...rest, userId, open: kept, version: version + 1 }, closing };
};

/** One connection less, and whether it was the last; undefined when it is not among them. */
export const withoutConnection = (
  before: UserConnections | undefined,
  connectionId: string,
): { readonly after: UserConnections; readonly wasLast: boolean } | undefined => {
  const open = before?.open.filter((each) => each.connectionId !== connectionId);
  if (!before || !open || open.length === before.open.length) return undefined;
  return { after: { ...before, open, version: before.version + 1 }, wasLast: open.length === 0 };
};

/** Whether a ticket issued then may still open a connection: not if its user has lost a role or a session since. */
export const admits = (
  { ticketsAfter }: Pick<UserConnections, 'ticketsAfter'>,
  { issuedAt }: { readonly issuedAt: Instant },
): boolean => ticketsAfter === undefined || issuedAt > ticketsAfter;
