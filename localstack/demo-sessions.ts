/**
 * Sessions of the demo's people without a code, for the local run alone: nothing of it is in a bundle (R-AUTH-04). Made of what
 * a sign-in makes of them, so that refreshing, signing out and locks work as ever.
 */
import { findUser, userUnchanged } from '../lib/identity/core/user-repository.ts';
import { refreshToken } from '../lib/identity/sessions/refresh-token.ts';
import { newSession } from '../lib/identity/sessions/session-refresh.ts';
import { newSessionWrites } from '../lib/identity/sessions/session-repository.ts';
import { instant } from '../lib/platform/clock.ts';
import type { Runtime } from '../lib/platform/runtime.ts';
import { commit } from '../lib/platform/storage/commit.ts';
import { untilCommitted } from '../lib/platform/storage/until-committed.ts';
import { withLocalRuntime } from './local-runtime.ts';
import { masterSecret } from './master-secret.ts';
import { people, personNamed } from './people.ts';

/** What the sign-in page offers. */
export interface DemoPerson {
  /** As `npm run token` takes it. */
  readonly name: string;
  readonly displayName: string;
  readonly roles: readonly string[];
}

export interface DemoSessions {
  readonly people: readonly DemoPerson[];
  /** The refresh token of a new session; undefined for nobody, and for somebody who is locked. */
  begin(name: string): Promise<string | undefined>;
}

/** @returns the refresh token; undefined when there is no such user, or they are locked. */
export const beginSession = (rt: Runtime, userId: string): Promise<string | undefined> =>
  untilCommitted(rt, async () => {
    const user = await findUser(rt, userId);
    if (!user || user.locked) return undefined;
    const session = newSession(rt.ids.next('ses'), user, instant(rt.clock.nowMs()));
    await commit(rt, { writes: [userUnchanged(rt, user), ...newSessionWrites(rt, session)], events: [] });
    return refreshToken(rt, session);
  });

/** @param directory where the local stage's master secret lies, which tokens are made with. */
export const demoSessions = (aws: string, directory: string): DemoSessions => ({
  people: Object.entries(people).map(([name, person]) => ({
    name,
    displayName: person.name,
    roles: person.roles,
  })),
  async begin(name) {
    const person = personNamed(name);
    const secret = { MASTER_SECRET: masterSecret(directory) };
    return person && withLocalRuntime(aws, secret, (rt) => beginSession(rt, person.id));
  },
});
