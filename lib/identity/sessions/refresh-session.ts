import { instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import { SESSION_ENDED } from '../../platform/http/session-cookie.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { findUser } from '../core/user-repository.ts';
import { endSession } from './end-session.ts';
import { type RefreshClaim, readRefreshToken } from './refresh-token.ts';
import { decideRefresh, rotated } from './session-refresh.ts';
import { findSession, rotateWrites } from './session-repository.ts';
import { type Tokens, tokensFor } from './tokens.ts';

/** One word for everything: whoever holds such a token signs in again. */
const sessionEnded = (): AppError =>
  new AppError('unauthenticated', SESSION_ENDED, 'This session has ended. Sign in again.');

const refresh = async (rt: Runtime, { sessionId, generation }: RefreshClaim): Promise<Tokens> => {
  const session = await findSession(rt, sessionId);
  const user = session && (await findUser(rt, session.userId));
  if (!session || !user) throw sessionEnded();
  const now = instant(rt.clock.nowMs());
  switch (decideRefresh({ session, user }, generation, now).kind) {
    case 'rotate': {
      const after = rotated(session, now);
      await commit(rt, { writes: rotateWrites(rt, session, after) });
      return tokensFor(rt, { user, session: after });
    }
    case 'repeat':
      return tokensFor(rt, { user, session });
    case 'revoke':
      await endSession(rt, session, 'reused');
      rt.log.warn('refresh token reused: session ended', { sessionId, userId: user.id });
      throw sessionEnded();
    case 'ended':
      throw sessionEnded();
  }
};

/**
 * Trades a refresh token for the next one and a new access token (R-AUTH-02). The token before the present one gets the
 * present one again for ten seconds; any older one ends the session for everybody. Throws `session-ended` (401).
 */
export const refreshSession = async (rt: Runtime, token: string): Promise<Tokens> => {
  const claim = await readRefreshToken(rt, token);
  if (!claim) throw sessionEnded();
  return untilCommitted(rt, () => refresh(rt, claim));
};

/** Ends the session a refresh token belongs to; a token that is worth nothing changes nothing. */
export const signOut = async (rt: Runtime, token: string): Promise<void> => {
  const claim = await readRefreshToken(rt, token);
  const session = claim && (await findSession(rt, claim.sessionId));
  if (session) await endSession(rt, session, 'signed-out');
};
