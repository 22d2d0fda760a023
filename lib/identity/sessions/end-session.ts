import { revokeSessionWrite } from '../../platform/auth/revocations.ts';
import { sessionEnded } from '../../platform/auth/rights-lost.ts';
import { instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { CommitConflict } from '../../platform/storage/write.ts';
import type { Session } from '../model.ts';
import { endWrite } from './session-repository.ts';

/** Ends a session for good, and its access tokens within a minute; nothing happens to one that has ended before. */
export const endSession = async (
  rt: Runtime,
  { id: sessionId, userId }: Pick<Session, 'id' | 'userId'>,
  why: NonNullable<Session['ended']>['why'],
): Promise<void> => {
  try {
    await commit(rt, {
      writes: [
        endWrite(rt, sessionId, { at: instant(rt.clock.nowMs()), why }),
        revokeSessionWrite(rt, sessionId),
      ],
      events: [sessionEnded.draft({ sessionId, userId })],
    });
  } catch (error) {
    if (!(error instanceof CommitConflict)) throw error;
  }
};
