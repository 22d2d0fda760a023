/** What docs/access.md marks `!`; the creation of an API key stands for all of it. */
import { auditRecorded } from '../../../lib/platform/audit.ts';
import {
  type Answer,
  call,
  startAws,
  type TestAws,
  type TestRuntime,
  testRuntime,
} from '../../support/aws/index.ts';
import {
  askForCode,
  codeOf,
  listenToCommits,
  refresh,
  signInBy,
  somePhone,
  tryCode,
} from '../../support/identity.ts';
import { machine } from '../../support/keys.ts';
import { newUser, ofType } from '../../support/staff.ts';

const MINUTE_MS = 60_000;
const NEEDED = [401, 'fresh-proof-needed'];

let aws: TestAws;
let rt: TestRuntime;
let phone: string;

beforeEach(async () => {
  aws = await startAws();
  rt = await testRuntime(aws);
  phone = somePhone();
  const body = { phone, name: 'Ada', roles: ['admin'] };
  await newUser(rt, 'admin').call('POST /v1/users', { key: 'ada', body });
});
afterEach(() => aws.stop());

const outcome = ({ status, body }: Answer) => [status, body.code ?? 'done'];
const makeKey = (token: string): Promise<Answer> => {
  const body = { name: 'Billing', scopes: ['sms:read'], entityIds: ['own'], categories: ['debt'] };
  return call(rt, 'POST /v1/api-keys', { token, key: rt.ids.next('key'), body });
};
/** A code to a phone; each from an address of its own, a minute after the last. */
const challengeFor = async (to: string): Promise<{ challengeId: string; code: string }> => {
  rt.clock.move(2 * MINUTE_MS);
  const { status, body } = await askForCode(rt, to, `192.0.2.${rt.clock.nowMs() % 250}`);
  if (status !== 202) throw new Error(JSON.stringify(body));
  return { challengeId: body.challengeId, code: await codeOf(rt, body.challengeId) };
};
const prove = (token: string, body: object): Promise<Answer> =>
  call(rt, 'POST /v1/me/proof', { token, body });
/** Signed in by phone, eleven minutes ago. */
const signedInEarlier = async () => {
  const { body } = await signInBy(rt, phone);
  rt.clock.move(11 * MINUTE_MS);
  return (await refresh(rt, body.refreshToken)).body as { accessToken: string; refreshToken: string };
};

test('R-AUTH-08 who signed in within ten minutes has proved it; later, a code to their own phone does, for ten minutes', async () => {
  const { body: fresh } = await signInBy(rt, phone);
  expect((await makeKey(fresh.accessToken)).status).toBe(201);
  const { accessToken } = await signedInEarlier();
  const refused = await makeKey(accessToken);
  expect(outcome(refused)).toEqual(NEEDED);
  expect(refused.headers['www-authenticate']).toBe(
    'Bearer realm="rotadesk", error="insufficient_user_authentication", max_age="600"',
  );
  expect((await call(rt, 'GET /v1/api-keys', { token: accessToken })).status).toBe(200);
  const received = listenToCommits(rt);
  const { body } = await prove(accessToken, await challengeFor(phone));
  expect(Object.keys(body).toSorted()).toEqual(['accessToken', 'expiresAt']);
  expect(ofType(received, auditRecorded).map(({ data }) => data.action)).toEqual(['session.proved']);
  rt.clock.move(9 * MINUTE_MS);
  expect((await makeKey(body.accessToken)).status).toBe(201);
  rt.clock.move(MINUTE_MS);
  expect([await makeKey(body.accessToken)].map(({ status }) => status)).toEqual([401]);
});

test('R-AUTH-08 a proof is of the one session: no other session, and no token refreshed from it, has it', async () => {
  const one = await signedInEarlier();
  rt.clock.move(2 * MINUTE_MS);
  const { body: other } = await signInBy(rt, phone);
  const { body } = await prove(one.accessToken, await challengeFor(phone));
  expect((await makeKey(body.accessToken)).status).toBe(201);
  rt.clock.move(9 * MINUTE_MS);
  for (const { refreshToken } of [one, other]) {
    const { accessToken } = (await refresh(rt, refreshToken)).body;
    expect(outcome(await makeKey(accessToken))).toEqual(NEEDED);
  }
});

test('R-AUTH-08 a code to another phone proves nothing, and one code proves once, however many send it at once', async () => {
  const { accessToken } = await signedInEarlier();
  const thief = await challengeFor(somePhone());
  expect(outcome(await prove(accessToken, thief))).toEqual([401, 'code-expired']);
  expect((await tryCode(rt, thief.challengeId, thief.code)).status).toBe(200);
  const own = await challengeFor(phone);
  const wrong = { ...own, code: String((Number(own.code) + 1) % 1_000_000).padStart(6, '0') };
  const guessed = await prove(accessToken, wrong);
  expect([guessed.body.code, guessed.body.attemptsLeft]).toEqual(['code-wrong', 4]);
  const answers = await Promise.all([0, 1, 2, 3].map(() => prove(accessToken, own)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401, 401]);
  expect(outcome(await tryCode(rt, own.challengeId, own.code))).toEqual([401, 'code-expired']);
});

test('R-AUTH-08 a session that has ended proves nothing, and neither does a token without one', async () => {
  const { accessToken, refreshToken } = await signedInEarlier();
  await call(rt, 'POST /v1/sign-out', { body: { refreshToken } });
  const own = await challengeFor(phone);
  expect(outcome(await prove(accessToken, own))).toEqual([401, 'token-revoked']);
  expect((await tryCode(rt, own.challengeId, own.code)).status).toBe(200);
  const { user } = (await signInBy(rt, phone)).body;
  const bare = await rt.token({ id: user.userId, roles: ['admin'] }, { auth_time: 1 });
  expect(outcome(await prove(bare, await challengeFor(phone)))).toEqual([401, 'session-ended']);
});

test('R-AUTH-08 another issuer’s token is fresh by what it says; one that says nothing, or the future, is not; nor is a machine', async () => {
  const nowSec = Math.floor(rt.clock.nowMs() / 1000);
  const by = (claim: unknown) => rt.token({ id: 'usr_ext', roles: ['admin'] }, { auth_time: claim });
  const claims = [nowSec - 599, nowSec - 600, undefined, 'now', nowSec + 60, nowSec + 5];
  const answers = await Promise.all(claims.map(async (claim) => makeKey(await by(claim))));
  expect(answers.map(({ status }) => status)).toEqual([201, 401, 401, 401, 401, 201]);
  const { clear } = await machine(rt, ['sms:read']);
  expect(outcome(await makeKey(clear))).toEqual([403, 'forbidden']);
});
