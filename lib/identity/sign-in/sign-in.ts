import { timingSafeEqual } from 'node:crypto';
import { type Instant, instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { deriveCode } from '../../platform/secrets/index.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { CommitConflict } from '../../platform/storage/write.ts';
import { type Change, userChange } from '../change.ts';
import type { Locale, User } from '../model.ts';
import { countAttempt, findChallengePhone, useChallengeWrite } from '../repository/codes.ts';
import { newSessionWrite } from '../repository/sessions.ts';
import { findUserByPhone, userUnchanged } from '../repository/users.ts';
import { newSession } from '../sessions/refresh-rules.ts';
import { type Tokens, tokensFor } from '../sessions/tokens.ts';
import { MAX_ATTEMPTS } from './code-rules.ts';

export interface SignedIn extends Tokens {
  /** True for the sign-in that registered somebody. */
  readonly newClient: boolean;
  readonly user: User;
}

/** One word for unknown, expired, used up and used: which of them it is helps only whoever guesses. */
const codeExpired = (cause?: unknown): AppError =>
  new AppError('unauthenticated', 'code-expired', 'This code is good no longer. Ask for a new one.', {
    cause,
  });

const codeWrong = (attemptsLeft: number): AppError =>
  new AppError('unauthenticated', 'code-wrong', 'This is not the code.', { members: { attemptsLeft } });

/** Told only to whoever had the right code, and so the phone. */
const accountLocked = (): AppError => new AppError('forbidden', 'account-locked', 'This account is locked.');

const sameCode = (given: string, genuine: string): boolean =>
  given.length === genuine.length && timingSafeEqual(Buffer.from(given), Buffer.from(genuine));

/** Primary registration: a client of whom only the phone is known (R-AUTH-02). */
const newClient = (
  rt: Runtime,
  { phone, locale }: { phone: string; locale: Locale },
  now: Instant,
): User => ({
  id: rt.ids.next('usr'),
  phone,
  roles: ['client'],
  locale,
  letters: [],
  sessionEpoch: 0,
  createdAt: now,
  version: 1,
});

interface Proven {
  readonly phone: string;
  readonly challengeId: string;
  readonly locale: Locale;
}

/** The first action of the commit uses the challenge up: its failure means that another request was first. */
const lostChallenge = (error: unknown): boolean =>
  error instanceof CommitConflict && error.failed.some(({ index }) => index === 0);

const enter = async (rt: Runtime, { phone, challengeId, locale }: Proven): Promise<SignedIn> => {
  const now = instant(rt.clock.nowMs());
  const known = await findUserByPhone(rt, phone);
  if (known?.locked) throw accountLocked();
  const user = known ?? newClient(rt, { phone, locale }, now);
  const account: Change = known
    ? { writes: [userUnchanged(rt, known)], events: [] }
    : await userChange(rt, { before: undefined, after: user });
  const session = newSession(rt.ids.next('ses'), user, now);
  try {
    await commit(rt, {
      writes: [
        useChallengeWrite(rt, { phone, challengeId, now }),
        newSessionWrite(rt, session),
        ...account.writes,
      ],
      events: account.events,
    });
  } catch (error) {
    throw lostChallenge(error) ? codeExpired(error) : error;
  }
  const isNew = known === undefined;
  return { ...(await tokensFor(rt, { user, session, newClient: isNew })), newClient: isNew, user };
};

/**
 * Trades the code of a challenge for tokens; somebody unknown is registered as a client. A guess is counted before it is
 * judged, and a right code is good once. Throws `code-wrong` with `attemptsLeft`, `code-expired` (401), `account-locked` (403).
 */
export const signIn = async (
  rt: Runtime,
  { challengeId, code }: { challengeId: string; code: string },
): Promise<SignedIn> => {
  const phone = await findChallengePhone(rt, challengeId);
  const now = instant(rt.clock.nowMs());
  const challenge = phone && (await countAttempt(rt, { phone, challengeId, now }));
  if (!phone || !challenge) throw codeExpired();
  if (!sameCode(code, await deriveCode(rt, challengeId))) throw codeWrong(MAX_ATTEMPTS - challenge.attempts);
  const { locale } = challenge;
  return untilCommitted(rt, () => enter(rt, { phone, challengeId, locale }));
};
