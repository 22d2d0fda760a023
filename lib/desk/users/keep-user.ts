import type { userChanged } from '../../identity/events.ts';
import type { EventOf } from '../../platform/events/define-event.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { clientIndexWrites, emailKeyOf } from '../core/client-index-repository.ts';
import type { KnownUser } from '../core/known-user.ts';
import { findKnownUser, knownUserWrite } from '../core/known-user-repository.ts';

type UserChanged = EventOf<typeof userChanged>;

const known = ({ aggregate, data }: UserChanged): KnownUser => {
  const { userId, phone, name, displayName, email, emailConfirmed, locale, roles, locked } = data;
  return {
    userId,
    phone,
    ...(name !== undefined && { name }),
    ...(displayName !== undefined && { displayName }),
    ...(email !== undefined && { emailKey: emailKeyOf(email) }),
    found: 1,
    emailState: email === undefined ? 'none' : emailConfirmed ? 'confirmed' : 'unconfirmed',
    locale,
    roles,
    locked,
    version: aggregate?.version ?? 1,
  };
};

/**
 * Keeps a copy of a user, and what a search finds the user by. Queues reorder: an event that is not newer than the copy is ignored,
 * unless the copy is from before there was a search.
 */
export const keepUser = (rt: Runtime, event: UserChanged): Promise<void> =>
  untilCommitted(rt, async () => {
    const before = await findKnownUser(rt, event.data.userId);
    const after = known(event);
    if (before && (before.version > after.version || (before.version === after.version && before.found)))
      return;
    await commit(rt, {
      writes: [knownUserWrite(rt, before, after), ...clientIndexWrites(rt, before?.found && before, after)],
    });
  });
