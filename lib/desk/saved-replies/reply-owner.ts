import { type Caller, hasRole } from '../../platform/caller.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { getDesk } from '../core/desk-repository.ts';
import { findExecutor, getExecutor } from '../core/executor-repository.ts';
import { MAIN_DESK } from '../model.ts';
import { getReply, replyMissing, type SavedReply } from './saved-reply-repository.ts';
import type { ReplyScope } from './saved-reply-view.ts';

export interface ReplyPlace {
  readonly scope: ReplyScope;
  readonly deskId?: string | undefined;
}

const forbidden = (): AppError =>
  new AppError(
    'forbidden',
    'forbidden',
    'Replies of a desk are changed by managers, and chosen by desk by them alone.',
  );

/**
 * Whose replies are meant: the caller's own, those of a desk a manager names (the main one when not said), those of the executor's desk.
 * Throws `forbidden`, `desk-not-found`, `executor-not-found`.
 */
export const ownerOf = async (
  rt: Runtime,
  caller: Caller,
  { place: { scope, deskId }, writes }: { place: ReplyPlace; writes: boolean },
): Promise<string> => {
  const manages = hasRole(caller, 'manager');
  if (!manages && (deskId !== undefined || (writes && scope === 'desk'))) throw forbidden();
  if (scope === 'own') return caller.id;
  if (manages) return (await getDesk(rt, deskId ?? MAIN_DESK)).id;
  return (await getExecutor(rt, caller.id)).executor.homeDeskId;
};

/** A reply that the caller may change: their own, or for managers a desk's. Anybody else's is not there. */
export const getOwnReply = async (rt: Runtime, caller: Caller, id: string): Promise<SavedReply> => {
  const reply = await getReply(rt, id);
  const ofDesk = !reply.ownerId.startsWith('usr_');
  if (reply.ownerId === caller.id || (ofDesk && hasRole(caller, 'manager'))) return reply;
  throw replyMissing();
};

/** A reply that the caller is shown: what they may change, and for executors what is their desk's. */
export const getShownReply = async (rt: Runtime, caller: Caller, id: string): Promise<SavedReply> => {
  const reply = await getReply(rt, id);
  if (reply.ownerId === caller.id) return reply;
  if (!reply.ownerId.startsWith('usr_')) {
    if (hasRole(caller, 'manager')) return reply;
    if ((await findExecutor(rt, caller.id))?.executor.homeDeskId === reply.ownerId) return reply;
  }
  throw replyMissing();
};
