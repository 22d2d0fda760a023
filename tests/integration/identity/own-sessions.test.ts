import { randomInt } from 'node:crypto';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { type Answer, call, startAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { askForCode, codeOf, refresh, somePhone } from '../../support/identity.ts';
import { newUser } from '../../support/staff.ts';

let rt: TestRuntime;
beforeEach(async () => {
  rt = await testRuntime(await startAws());
});

interface Signed {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly user: { readonly userId: string };
}

const address = () => `198.51.${randomInt(256)}.${randomInt(256)}`;

const signIn = async (phone: string, from = address()): Promise<Signed> => {
  const { body } = await askForCode(rt, phone, from);
  const code = await codeOf(rt, body.challengeId);
  const answer = await call(rt, 'POST /v1/sign-in', {
    body: { challengeId: body.challengeId, code },
    address: from,
  });
  // A right code lets the next one be asked for at once.
  expect(answer.status).toBe(200);
  return answer.body;
};

const as = (token: string, request: string): Promise<Answer> => call(rt, request, { token });
const list = async (token: string) => (await as(token, 'GET /v1/me/sessions')).body.items;
const idsOf = async (token: string): Promise<string[]> =>
  (await list(token)).map(({ sessionId }: { sessionId: string }) => sessionId);

test('R-AUTH-07 a user sees where they are signed in, the newest first, and which session this is', async () => {
  const phone = somePhone();
  const first = await signIn(phone, '198.51.100.1');
  rt.clock.move(600_000);
  const second = await signIn(phone, '2001:db8::7');
  rt.clock.move(60_000);
  const refreshed = (await refresh(rt, first.refreshToken)).body;
  expect(await list(refreshed.accessToken)).toEqual([
    expect.objectContaining({ current: false, address: '2001:db8::7', userAgent: 'tests' }),
    expect.objectContaining({ current: true, address: '198.51.100.1', userAgent: 'tests' }),
  ]);
  const [newer, older] = await list(second.accessToken);
  expect([newer.current, older.current]).toEqual([true, false]);
  expect(Date.parse(older.lastUsedAt) - Date.parse(older.createdAt)).toBe(660_000);
  expect(Date.parse(older.expiresAt) - Date.parse(older.lastUsedAt)).toBe(30 * 24 * 3600_000);
});

test('R-AUTH-07 one session is ended, its access tokens with it, and the others go on', async () => {
  const phone = somePhone();
  const first = await signIn(phone);
  rt.clock.move(600_000);
  const second = await signIn(phone);
  const [, other] = await idsOf(second.accessToken);
  expect((await as(second.accessToken, `DELETE /v1/me/sessions/${other}`)).status).toBe(204);
  expect((await refresh(rt, first.refreshToken)).body.code).toBe('session-ended');
  expect(await idsOf(second.accessToken)).not.toContain(other);
  rt.clock.move(60_000);
  expect((await as(first.accessToken, 'GET /v1/me')).body.code).toMatch(/^token-(revoked|expired)$/);
  expect((await refresh(rt, second.refreshToken)).status).toBe(200);
  expect((await as(second.accessToken, `DELETE /v1/me/sessions/${other}`)).status).toBe(204);
});

test('R-AUTH-07 all other sessions are ended at once', async () => {
  const phone = somePhone();
  const former: Signed[] = [];
  for (let n = 0; n < 3; n += 1) {
    former.push(await signIn(phone));
    rt.clock.move(3_600_000);
  }
  const here = await signIn(phone);
  expect((await as(here.accessToken, 'DELETE /v1/me/sessions')).status).toBe(204);
  const codes = await Promise.all(former.map(({ refreshToken }) => refresh(rt, refreshToken)));
  expect(codes.map(({ body }) => body.code)).toEqual(['session-ended', 'session-ended', 'session-ended']);
  expect(await list(here.accessToken)).toEqual([expect.objectContaining({ current: true })]);
});

test('R-AUTH-04 R-AUTH-07 the sessions of others are not there', async () => {
  const owner = await signIn(somePhone());
  const stranger = await signIn(somePhone());
  const [id] = await idsOf(owner.accessToken);
  expect(await idsOf(stranger.accessToken)).not.toContain(id);
  const nothing = rt.ids.next('ses');
  for (const token of [
    stranger.accessToken,
    await rt.token({ id: newUser(rt, 'admin').id, roles: ['admin'] }),
  ]) {
    for (const each of [id, nothing]) {
      const { status, body } = await as(token, `DELETE /v1/me/sessions/${each}`);
      expect([status, body.code]).toEqual([404, 'session-not-found']);
    }
  }
  expect((await refresh(rt, owner.refreshToken)).status).toBe(200);
});

test('R-AUTH-07 sessions that have expired, or were ended by a lock, are not listed', async () => {
  const phone = somePhone();
  await signIn(phone);
  rt.clock.move(31 * 24 * 3600_000);
  const { accessToken, user } = await signIn(phone);
  expect(await list(accessToken)).toHaveLength(1);
  const admin = newUser(rt, 'admin');
  await admin.call(`POST /v1/users/${user.userId}/lock`, { body: { reason: 'Test' } });
  await admin.call(`POST /v1/users/${user.userId}/unlock`, { body: {} });
  const again = await signIn(phone);
  expect(await list(again.accessToken)).toEqual([expect.objectContaining({ current: true })]);
});

test('R-AUTH-07 a session that is used for months stays in the list', async () => {
  let session = await signIn(somePhone());
  for (let month = 0; month < 5; month += 1) {
    rt.clock.move(29 * 24 * 3600_000);
    session = { ...session, ...(await refresh(rt, session.refreshToken)).body };
  }
  const [{ current, sessionId, expiresAt }] = await list(session.accessToken);
  expect(current).toBe(true);
  const Key = { pk: `SESSIONS#${session.user.userId}`, sk: sessionId };
  const { Item } = await rt.dynamo.send(new GetCommand({ TableName: rt.env.TABLE_IDENTITY, Key }));
  expect(Number(Item?.expiresAtSec) * 1000).toBeGreaterThan(Date.parse(expiresAt));
});

test('R-AUTH-07 a device may name itself as it likes: it is cut, and shown as text', async () => {
  const phone = somePhone();
  const { body } = await askForCode(rt, phone, address());
  const code = await codeOf(rt, body.challengeId);
  const headers = { 'user-agent': `<script>${'x'.repeat(5000)}` };
  const signedIn = await call(rt, 'POST /v1/sign-in', {
    body: { challengeId: body.challengeId, code },
    headers,
  });
  const [{ userAgent }] = await list(signedIn.body.accessToken);
  expect(userAgent).toBe(`<script>${'x'.repeat(192)}`);
});
