import type { Caller } from '../../platform/caller.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { userChange } from '../core/user-change.ts';
import { getUser } from '../core/user-repository.ts';
import type { Locale, User } from '../model.ts';

/**
 * The caller as a user. Throws `user-not-found` for a token of another issuer, `session-ended` when the user was
 * locked while the access token lived on.
 */
export const getOwnUser = async (rt: Runtime, caller: Caller): Promise<User> => {
  const user = await getUser(rt, caller.id);
  if (!user.locked) return user;
  throw new AppError('unauthenticated', 'session-ended', 'This session has ended. Sign in again.');
};

interface ProfileChange {
  readonly name?: string | undefined;
  /** Null: none of one's own any more. */
  readonly displayName?: string | null | undefined;
  readonly locale?: Locale | undefined;
}

/** Changes name, display name or language (R-AUTH-03); what is not named stays. */
export const editProfile = (
  rt: Runtime,
  { caller, change }: { caller: Caller; change: ProfileChange },
): Promise<User> =>
  untilCommitted(rt, async () => {
    const before = await getOwnUser(rt, caller);
    const { name = before.name, locale = before.locale } = change;
    const { displayName: old, ...rest } = before;
    const displayName = change.displayName === undefined ? old : (change.displayName ?? undefined);
    if (name === before.name && locale === before.locale && displayName === old) return before;
    const after: User = {
      ...rest,
      ...(name !== undefined && { name }),
      ...(displayName !== undefined && { displayName }),
      locale,
      version: before.version + 1,
    };
    await commit(rt, await userChange(rt, { before, after }));
    return after;
  });
