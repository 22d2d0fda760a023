// @pure

import { type Instant, plusSeconds } from '../../platform/clock.ts';
import type { Device, Session, User } from '../model.ts';

/** A session lives so long after its last refresh. */
export const SESSION_LIFE_SEC = 30 * 24 * 3600;
/** The entry in the user's list is written again so seldom: it lives this much longer than the session, as it was then. */
const LISTED_LONGER_SEC = SESSION_LIFE_SEC;
/** So long the token before the present one gets the present one again: its answer may have been lost. */
export const GRACE_SEC = 10;

export type RefreshDecision =
  | { readonly kind: 'rotate' }
  /** The immediate predecessor, a moment late: the same successor once more. */
  | { readonly kind: 'repeat' }
  /** An old token: somebody else has it too. The session ends for both. */
  | { readonly kind: 'revoke' }
  | { readonly kind: 'ended' };

/** Whether a session opens nothing any more: ended, too old, or its user was locked or signed out everywhere. */
export const isOver = (session: Session, user: User, now: Instant): boolean =>
  session.ended !== undefined ||
  now >= session.expiresAt ||
  user.locked !== undefined ||
  session.sessionEpoch !== user.sessionEpoch;

/** What a genuine refresh token of this generation is good for (R-AUTH-02; RFC 9700, 4.14.2). */
export const decideRefresh = (
  { session, user }: { session: Session; user: User },
  generation: number,
  now: Instant,
): RefreshDecision => {
  if (isOver(session, user, now)) return { kind: 'ended' };
  if (generation === session.generation) return { kind: 'rotate' };
  const late = generation === session.generation - 1 && now <= plusSeconds(session.rotatedAt, GRACE_SEC);
  return late ? { kind: 'repeat' } : { kind: 'revoke' };
};

const listedUntil = (now: Instant): Instant => plusSeconds(now, SESSION_LIFE_SEC + LISTED_LONGER_SEC);

export const newSession = (id: string, user: User, now: Instant, device?: Device): Session => ({
  id,
  userId: user.id,
  generation: 1,
  rotatedAt: now,
  sessionEpoch: user.sessionEpoch,
  createdAt: now,
  expiresAt: plusSeconds(now, SESSION_LIFE_SEC),
  listedUntil: listedUntil(now),
  ...(device && { device }),
});

export const rotated = (session: Session, now: Instant): Session => {
  const expiresAt = plusSeconds(now, SESSION_LIFE_SEC);
  const isListed = session.listedUntil !== undefined && session.listedUntil >= expiresAt;
  return {
    ...session,
    generation: session.generation + 1,
    rotatedAt: now,
    expiresAt,
    ...(!isListed && { listedUntil: listedUntil(now) }),
  };
};
