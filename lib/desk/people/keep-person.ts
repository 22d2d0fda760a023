import type { userChanged } from '../../identity/events.ts';
import type { EventOf } from '../../platform/events/define-event.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import type { KnownPerson } from '../core/known-user.ts';
import { findPerson, personWrite } from '../core/person-repository.ts';

type UserChanged = EventOf<typeof userChanged>;

const known = ({ aggregate, data }: UserChanged): KnownPerson => {
  const { userId, phone, name, email, emailConfirmed, locale, roles, locked } = data;
  return {
    userId,
    phone,
    ...(name !== undefined && { name }),
    emailState: email === undefined ? 'none' : emailConfirmed ? 'confirmed' : 'unconfirmed',
    locale,
    roles,
    locked,
    version: aggregate?.version ?? 1,
  };
};

/** Keeps what identity tells of a person. Queues reorder: what is not newer than what the desk knows is ignored. */
export const keepPerson = (rt: Runtime, event: UserChanged): Promise<void> =>
  untilCommitted(rt, async () => {
    const before = await findPerson(rt, event.data.userId);
    const after = known(event);
    if (before && before.version >= after.version) return;
    await commit(rt, { writes: [personWrite(rt, before, after)] });
  });
