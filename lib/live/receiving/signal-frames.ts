// @pure

import type { ServerFrame } from '../frames.ts';
import type { Connection, Subscription } from '../model.ts';

export type ActsAs = 'client' | 'executor' | 'manager';

interface Audience {
  readonly clientId: string;
  readonly executorId?: string | undefined;
}

/** In what capacity a user looks at a ticket or types in it; undefined: it is not theirs. */
export const actsAs = (
  { userId, roles }: Pick<Connection, 'userId' | 'roles'>,
  { clientId, executorId }: Audience,
): ActsAs | undefined => {
  // Whoever's own ticket it is acts as nothing but its client (R-AUTH-08).
  if (clientId === userId) return 'client';
  if (roles.includes('executor') && executorId === userId) return 'executor';
  return roles.includes('manager') ? 'manager' : undefined;
};

interface Signalled {
  readonly type: 'typing' | 'viewing';
  readonly topic: string;
  readonly userId: string;
  readonly as: ActsAs;
  /** Whose ticket it is. */
  readonly clientId: string;
}

/** What a subscriber is sent of it: clients the typing of whoever holds their ticket, without saying who it is; nobody their own. */
export const signalFor = (
  { type, topic, userId, as, clientId }: Signalled,
  subscriber: Pick<Subscription, 'userId' | 'roles'>,
): ServerFrame | undefined => {
  if (subscriber.userId === userId) return undefined;
  const isStaff = subscriber.roles.some((role) => role === 'executor' || role === 'manager');
  // Somebody of staff whose own ticket it is, is its client.
  if (isStaff && subscriber.userId !== clientId) return { type, topic, userId, who: as };
  return type === 'typing' && as === 'executor' ? { type, topic, who: as } : undefined;
};
