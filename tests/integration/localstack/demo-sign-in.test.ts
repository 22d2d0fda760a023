import { beginSession } from '../../../localstack/demo-sessions.ts';
import { type Front, openFront } from '../../../localstack/front/front.ts';
import { call, startAws, testRuntime } from '../../support/aws/index.ts';
import { refresh, signInBy, somePhone } from '../../support/identity.ts';
import { httpAsk } from '../../support/localstack/http-client.ts';
import { newUser } from '../../support/staff.ts';

const people = [{ name: 'manager', displayName: 'Mara Manager', roles: ['manager'] }];
let front: Front;
let port = 0;
beforeAll(async () => {
  const begin = async (name: string) => (name === 'manager' ? 'rdr_of_manager' : undefined);
  front = await openFront({
    port: 0,
    files: new Map(),
    bucket: 'http://127.0.0.1:1',
    demo: { people, begin },
  });
  port = Number(new URL(front.url).port);
});
afterAll(() => front.stop());

const json = { 'content-type': 'application/json' };
const signIn = (body: string, headers: Record<string, string> = { ...json, origin: front.url }) =>
  httpAsk(port, '/demo/sign-in', { method: 'POST', headers, body: Buffer.from(body) });

test('the demo’s people are listed, and one click sets the session’s cookie', async () => {
  const list = await httpAsk(port, '/demo/people');
  expect(JSON.parse(list.bytes.toString())).toEqual({ items: people });
  const { status, headers } = await signIn('{"name":"manager"}');
  expect([status, headers['set-cookie']]).toEqual([
    204,
    [`refresh-${port}=rdr_of_manager; Max-Age=2592000; Path=/; HttpOnly; SameSite=Strict`],
  ]);
});

test.each([
  ['nobody', '{"name":"nobody"}', {}, 404],
  ['a body of another form', '{"name":"manager","roles":["admin"]}', {}, 400],
  ['no JSON', 'name=manager', {}, 400],
  ['a form', '{"name":"manager"}', { 'content-type': 'text/plain' }, 400],
  ['a page of another origin', '{"name":"manager"}', { origin: 'https://evil.example' }, 403],
  ['a page of another port', '{"name":"manager"}', { origin: 'http://127.0.0.1:5173' }, 403],
])('no session is given to %s', async (_, body, headers, status) => {
  const got = await signIn(body, { ...json, origin: front.url, ...headers });
  expect([got.status, got.headers['set-cookie']]).toEqual([status, undefined]);
});

test('no session is given to a caller without Origin', async () => {
  const got = await signIn('{"name":"manager"}', json);
  expect([got.status, got.headers['set-cookie']]).toEqual([403, undefined]);
});

test('without demo sessions there is nothing under /demo', async () => {
  const plain = await openFront({ port: 0, files: new Map(), bucket: 'http://127.0.0.1:1' });
  const plainPort = Number(new URL(plain.url).port);
  const { status } = await httpAsk(plainPort, '/demo/people');
  await plain.stop();
  expect(status).toBe(404);
});

test('R-AUTH-02 the session is the product’s own, for users that exist and are not locked', async () => {
  const rt = await testRuntime(await startAws());
  const { userId } = (await signInBy(rt, somePhone())).body.user;
  const token = await beginSession(rt, userId);
  const refreshed = await refresh(rt, String(token));
  expect(refreshed.status).toBe(200);
  const me = await call(rt, 'GET /v1/me', { token: refreshed.body.accessToken });
  expect([me.status, me.body.userId]).toEqual([200, userId]);
  const locked = await newUser(rt, 'admin').call(`POST /v1/users/${userId}/lock`, {
    body: { reason: 'Test' },
  });
  expect(locked.status).toBe(200);
  expect(await beginSession(rt, userId)).toBeUndefined();
  expect(await beginSession(rt, rt.ids.next('usr'))).toBeUndefined();
});
