import { timingSafeEqual } from 'node:crypto';
import { instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { deriveCode } from '../../platform/secrets/index.ts';
import { CommitConflict } from '../../platform/storage/write.ts';
import type { Challenge, ChallengePlace } from '../model.ts';
import { countAttempt, findChallenge } from './challenge-repository.ts';
import { attemptsLeft } from './sign-in-code.ts';

/** One word for unknown, expired, used up and used: which of them it is helps only whoever guesses. */
export const codeExpired = (cause?: unknown): AppError =>
  new AppError('unauthenticated', 'code-expired', 'This code is good no longer. Ask for a new one.', {
    cause,
  });

const codeWrong = (attemptsLeft: number): AppError =>
  new AppError('unauthenticated', 'code-wrong', 'This is not the code.', { members: { attemptsLeft } });

const sameCode = (given: string, genuine: string): boolean =>
  given.length === genuine.length && timingSafeEqual(Buffer.from(given), Buffer.from(genuine));

/** The first action of the commit uses the challenge up: its failure means that another request was first. */
export const lostChallenge = (error: unknown): boolean =>
  error instanceof CommitConflict && error.failed.some(({ index }) => index === 0);

/**
 * Checks the code of a challenge; `phone`: only one that was sent there. A guess is counted before it is checked; whoever goes on
 * uses the challenge up in the commit that it is for. Throws `code-wrong` with `attemptsLeft`, `code-expired` (401).
 */
export const checkCode = async (
  rt: Runtime,
  { challengeId, code, phone }: { challengeId: string; code: string; phone?: string },
): Promise<{ place: ChallengePlace; challenge: Challenge }> => {
  const place = await findChallenge(rt, challengeId);
  if (!place || (phone !== undefined && place.phone !== phone)) throw codeExpired();
  const challenge = await countAttempt(rt, place, instant(rt.clock.nowMs()));
  if (!challenge) throw codeExpired();
  if (!sameCode(code, await deriveCode(rt, challenge.id))) throw codeWrong(attemptsLeft(challenge, place.by));
  return { place, challenge };
};
