import type { Caller } from '../../platform/auth/caller.ts';
import { AppError } from '../../platform/errors.ts';
import type { Origin } from '../../platform/http/on-http.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { findUser } from '../repository/users.ts';
import { actsAsAdmin } from './account-rules.ts';

/** Who acts, and from where: every action of theirs is audited. */
export interface By {
  readonly caller: Caller;
  readonly origin: Origin;
}

/**
 * An access token outlives a lock by up to a minute; whoever gives roles and keys is looked up at once. A caller without
 * an account here comes from the deployment's own issuer, whose word counts. Throws 403 `forbidden`.
 */
export const mustActAsAdmin = async (rt: Runtime, { caller }: Pick<By, 'caller'>): Promise<void> => {
  const user = await findUser(rt, caller.id);
  if (user && !actsAsAdmin(user))
    throw new AppError('forbidden', 'forbidden', 'Your roles do not allow this.');
};
