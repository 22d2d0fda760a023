import type { Actor } from '../../platform/audit.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { findUser } from '../core/user-repository.ts';
import { actsAsAdmin } from '../core/user-roles.ts';

/**
 * An access token outlives a lock by up to a minute; so the user behind a request that gives roles or keys is read at once. A caller who
 * is no user here comes from the deployment's own issuer, whose word counts. Throws 403 `forbidden`.
 */
export const mustActAsAdmin = async (rt: Runtime, { caller }: Pick<Actor, 'caller'>): Promise<void> => {
  const user = await findUser(rt, caller.id);
  if (user && !actsAsAdmin(user))
    throw new AppError('forbidden', 'forbidden', 'Your roles do not allow this.');
};
