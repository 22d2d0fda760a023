import { type Actor, audited } from '../../platform/audit.ts';
import { instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import { count } from '../../platform/metrics.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { userUnchanged } from '../core/user-repository.ts';
import { getOwnUser } from '../profile/profile.ts';
import { isOver } from '../sessions/session-refresh.ts';
import { findSession, sessionGoesOn } from '../sessions/session-repository.ts';
import { accessTokenFor, type Tokens } from '../sessions/tokens.ts';
import { useChallengeWrite } from './challenge-repository.ts';
import { checkCode, codeExpired, lostChallenge } from './check-code.ts';
import { noteEntered } from './traffic-repository.ts';

/**
 * Trades the code of a challenge that was sent to the caller's own phone for an access token of the same session that says they
 * proved who they are just now (R-AUTH-08). Nothing is kept: the proof is in that token alone, and the token lives as long as it
 * is fresh. Throws `code-wrong` with `attemptsLeft`, `code-expired`, `session-ended` (401); `user-not-found` for a token of another issuer.
 */
export const proveYourself = async (
  rt: Runtime,
  { caller, origin, challengeId, code }: Actor & { challengeId: string; code: string },
): Promise<Pick<Tokens, 'accessToken' | 'expiresAt'>> => {
  const user = await getOwnUser(rt, caller);
  const session = caller.sessionId === undefined ? undefined : await findSession(rt, caller.sessionId);
  const now = instant(rt.clock.nowMs());
  if (session?.userId !== user.id || isOver(session, user, now))
    throw new AppError('unauthenticated', 'session-ended', 'This session has ended. Sign in again.');
  const { place, challenge } = await checkCode(rt, { challengeId, code, phone: user.phone });
  const deed = { action: 'session.proved', subject: `user/${user.id}`, details: { sessionId: session.id } };
  try {
    await commit(rt, {
      writes: [useChallengeWrite(rt, place, now), sessionGoesOn(rt, session.id), userUnchanged(rt, user)],
      events: [audited(rt, { caller, origin }, deed)],
    });
  } catch (error) {
    throw lostChallenge(error) ? codeExpired(error) : error;
  }
  await noteEntered(rt, { phone: place.phone, createdAt: challenge.createdAt });
  count(rt, 'CodesUsed');
  return accessTokenFor(rt, { user, session, provedAt: now });
};
