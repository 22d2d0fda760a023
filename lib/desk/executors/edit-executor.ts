import { type Actor, audited } from '../../platform/audit.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { commitChange, executorChange } from '../core/change.ts';
import { getDesk } from '../core/desk-repository.ts';
import { findPresentExecutor } from '../core/executor-repository.ts';
import { mayBeExecutor } from '../core/known-user.ts';
import { findKnownUser } from '../core/known-user-repository.ts';
import { findLimits } from '../core/limit-repository.ts';
import { rearmRequested } from '../internal-events.ts';
import type { Executor } from '../model.ts';
import { type ExecutorView, toExecutorView } from './presence-view.ts';

interface PutExecutor extends Actor {
  readonly executorId: string;
  readonly name: string;
  readonly homeDeskId: string;
  /** Needed to edit, absent to create. */
  readonly ifMatch: number | undefined;
}

const joining = ({ executorId, name, homeDeskId }: PutExecutor): Executor => ({
  id: executorId,
  name,
  homeDeskId,
  presence: 'offline',
  epoch: 1,
  open: [],
  openUrgent: [],
  parked: [],
  rank: 0,
  missesRunning: 0,
  version: 1,
});

/** On another desk they are new: their turn there comes first. The tickets in their hand stay with them. */
const edited = (before: Executor, { name, homeDeskId }: PutExecutor): Executor => ({
  ...before,
  name,
  homeDeskId,
  ...(homeDeskId !== before.homeDeskId && { rank: 0, recentNumbers: [] }),
  version: before.version + 1,
});

const checkVersion = (before: Executor | undefined, ifMatch: number | undefined): void => {
  if (before && ifMatch === undefined) {
    throw new AppError(
      'preconditionRequired',
      'if-match-required',
      'Say which version you change: If-Match.',
    );
  }
  if (ifMatch !== undefined && before?.version !== ifMatch) {
    throw new AppError('stale', 'stale', 'The executor was changed meanwhile.');
  }
};

/** Only somebody who signs in as an executor can serve a desk. The desk's copy of them is seconds old at most. */
const checkUser = async (rt: Runtime, executorId: string): Promise<void> => {
  const user = await findKnownUser(rt, executorId);
  if (user && mayBeExecutor(user)) return;
  throw new AppError(
    'unprocessable',
    'not-an-executor',
    user
      ? 'This user has no role of an executor, or is locked.'
      : 'No user with this id is known here (yet).',
    { details: [{ path: 'params.executorId', message: 'is not the id of an executor' }] },
  );
};

/**
 * Takes an executor on, or edits one. Throws `desk-not-found`, `if-match-required`, `stale`, and `not-an-executor` for
 * somebody new who is no user with that role.
 */
export const putExecutor = (
  rt: Runtime,
  input: PutExecutor,
): Promise<{ created: boolean; executor: ExecutorView }> =>
  untilCommitted(rt, async () => {
    const { executorId, homeDeskId, name } = input;
    const [stored, limits] = await Promise.all([
      findPresentExecutor(rt, executorId),
      findLimits(rt, homeDeskId),
      getDesk(rt, homeDeskId),
    ]);
    const before = stored?.executor;
    checkVersion(before, input.ifMatch);
    if (!before) await checkUser(rt, executorId);
    const after = before ? edited(before, input) : joining(input);
    const audit = audited(rt, input, {
      action: before ? 'executor.edited' : 'executor.added',
      subject: `executor/${executorId}`,
      deskId: homeDeskId,
      details: {
        ...(before && { from: { name: before.name, homeDeskId: before.homeDeskId } }),
        to: { name, homeDeskId },
      },
    });
    // Whoever is watched there is watched by the limits of the new desk from now on.
    const moved = before !== undefined && before.homeDeskId !== homeDeskId;
    const events = moved ? [audit, rearmRequested.draft({ deskId: homeDeskId, part: 'roster' })] : [audit];
    await commitChange(rt, executorChange(rt, { before: stored, after, limits }), { events });
    return { created: !before, executor: toExecutorView(after, stored?.beat) };
  });
