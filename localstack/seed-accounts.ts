/** Accounts of the demo's people, under the ids that local tokens name. Repeating it changes nothing. */

import { userChange } from '../lib/identity/core/user-change.ts';
import { findUser, findUserByPhone } from '../lib/identity/core/user-repository.ts';
import { userFact } from '../lib/identity/events.ts';
import type { User } from '../lib/identity/model.ts';
import { auditEvent, SYSTEM_ACTOR } from '../lib/platform/audit.ts';
import { instant } from '../lib/platform/clock.ts';
import type { Runtime } from '../lib/platform/runtime.ts';
import { commit } from '../lib/platform/storage/commit.ts';
import { untilCommitted } from '../lib/platform/storage/until-committed.ts';
import { withLocalRuntime } from './local-runtime.ts';
import type { Resident } from './people.ts';

/** The address counts as confirmed: nobody would click the demo's e-mails before anything can be shown. */
const accountOf = (rt: Runtime, { id, name, phone, email, roles }: Resident): User => {
  const now = instant(rt.clock.nowMs());
  return {
    id,
    phone,
    name,
    roles,
    locale: 'en',
    email: { address: email, epoch: 1, confirmedAt: now },
    letters: [],
    sessionEpoch: 0,
    createdAt: now,
    version: 1,
  };
};

const openAccount = (rt: Runtime, person: Resident): Promise<void> =>
  untilCommitted(rt, async () => {
    // Whoever came by this phone first, by hand, keeps it.
    const known = await findUser(rt, person.id);
    // Told again: a store from before a module listened is no news to the others.
    if (known) return commit(rt, { writes: [], events: [userFact(known)] });
    if (await findUserByPhone(rt, person.phone)) return;
    const after = accountOf(rt, person);
    const { writes, events } = await userChange(rt, { before: undefined, after });
    const audit = auditEvent(rt, {
      actor: SYSTEM_ACTOR,
      action: 'user.created',
      subject: `user/${after.id}`,
      details: { name: after.name, roles: after.roles },
    });
    await commit(rt, { writes, events: [...events, audit] });
  });

/** @param aws address of the stand-ins. */
export const seedAccounts = (aws: string, people: readonly Resident[]): Promise<void> =>
  withLocalRuntime(aws, {}, async (rt) => {
    for (const person of people) await openAccount(rt, person);
  });
