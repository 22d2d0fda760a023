/** Keeps the access token valid: one tab renews it for all of them (R-AUTH-02). */
import { setTokenSource } from '../../api/client.ts';
import { ApiProblem, isTransient } from '../../api/problem.ts';
import { type AccessToken, accepted, fresh } from './access-token.ts';
import { currentUser, session } from './session.ts';
import { endSession, loadUser, refreshTokens, type SignedIn } from './session-requests.ts';
import { onTabMessage, tellTabs } from './tab-channel.ts';

const LOCK = 'rotadesk-session';

let token: AccessToken | undefined;
let renewing: Promise<AccessToken | undefined> | undefined;

const isEnd = (problem: unknown): boolean =>
  problem instanceof ApiProblem &&
  (problem.status === 401 || problem.status === 403 || problem.status === 400);

const markEnded = (): void => {
  const user = currentUser();
  token = undefined;
  session.set(user ? { kind: 'ended', user } : { kind: 'none' });
};

/** Under the lock: another tab may have brought one while this one waited. */
const renewLocked = async (refused: string | undefined): Promise<AccessToken | undefined> => {
  const held = fresh(token);
  if (held && held.value !== refused) return held;
  let next: AccessToken;
  try {
    next = await refreshTokens();
  } catch (problem) {
    if (!isEnd(problem)) throw problem;
    const user = currentUser();
    markEnded();
    if (user) tellTabs({ type: 'session-ended', userId: user.userId });
    return undefined;
  }
  token = next;
  const user = currentUser();
  if (user) tellTabs({ type: 'token', token: next, userId: user.userId });
  return next;
};

const renew = (refused?: string): Promise<AccessToken | undefined> => {
  renewing ??= navigator.locks
    .request(LOCK, () => renewLocked(refused))
    .finally(() => {
      renewing = undefined;
    });
  return renewing;
};

const currentToken = async (): Promise<string | undefined> => {
  const held = fresh(token);
  if (held) return held.value;
  if (session.get().kind === 'none' || session.get().kind === 'ended') return undefined;
  try {
    return (await renew())?.value;
  } catch (problem) {
    // The old one is good for a minute yet; the next request tries again.
    const old = accepted(token);
    if (old) return old.value;
    throw problem;
  }
};

const take = ({ token: taken, user }: Pick<SignedIn, 'token' | 'user'>): void => {
  const before = currentUser();
  // Nothing of the person before may stay: neither on the screen nor in memory.
  if (before && before.userId !== user.userId) {
    location.reload();
    return;
  }
  token = taken;
  session.set({ kind: 'active', user });
};

/** After a sign-in: here and in every other tab. */
export const startSession = ({ token: taken, user }: SignedIn): void => {
  take({ token: taken, user });
  tellTabs({ type: 'token', token: taken, userId: user.userId });
};

const forget = (): void => {
  token = undefined;
  session.set({ kind: 'none' });
  location.assign('/');
};

/** Ends the session in every tab, and on the server as soon as it can be reached. */
export const signOut = async (): Promise<void> => {
  await endSession();
  tellTabs({ type: 'signed-out' });
  forget();
};

const onToken = (taken: AccessToken, userId: string): void => {
  const user = currentUser();
  if (user && user.userId !== userId) location.reload();
  token = taken;
  if (session.get().kind === 'ended' && user) session.set({ kind: 'active', user });
  if (session.get().kind === 'none') void resume();
};

/** At the start, and when another tab has signed in. */
const resume = async (): Promise<void> => {
  try {
    if (!fresh(token)) await renew();
    if (token === undefined) {
      if (session.get().kind !== 'ended') session.set({ kind: 'none' });
      return;
    }
    take({ token, user: await loadUser() });
  } catch (problem) {
    if (session.get().kind !== 'ended') session.set({ kind: 'none', unreachable: isTransient(problem) });
  }
};

/** How long other tabs have to hand over their token before one is fetched. */
const TABS_ANSWER_MS = 60;

export const resumeSession = async (): Promise<void> => {
  // Over a page whose session has ended, that page stays as it is.
  if (session.get().kind !== 'ended') session.set({ kind: 'starting' });
  tellTabs({ type: 'token-wanted' });
  await new Promise((resolve) => setTimeout(resolve, TABS_ANSWER_MS));
  await resume();
};

export const reloadUser = async (): Promise<void> => {
  const user = await loadUser();
  if (session.get().kind === 'active') session.set({ kind: 'active', user });
};

setTokenSource({
  token: currentToken,
  renewed: async (refused) => (await renew(refused))?.value,
});

onTabMessage((message) => {
  const user = currentUser();
  if (message.type === 'token') onToken(message.token, message.userId);
  const held = fresh(token);
  if (message.type === 'token-wanted' && user && held)
    tellTabs({ type: 'token', token: held, userId: user.userId });
  if (message.type === 'session-ended' && user?.userId === message.userId) markEnded();
  if (message.type === 'signed-out' && user) forget();
});
