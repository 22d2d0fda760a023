import { sessionEnded } from '../../../lib/platform/auth/rights-lost.ts';
import { commit } from '../../../lib/platform/storage/commit.ts';
import { call, drain, type TestRuntime } from '../../support/aws/index.ts';
import { refresh, signInBy, somePhone } from '../../support/identity.ts';
import type { FakeGateway } from '../../support/live/fake-gateway.ts';
import { liveWorld, openLive, ticketOf, tryToOpen } from '../../support/live/live-client.ts';
import { newUser } from '../../support/staff.ts';

let rt: TestRuntime;
let gateway: FakeGateway;
beforeAll(async () => {
  ({ rt, gateway } = await liveWorld());
});
afterAll(() => gateway.stop());

const ENDED = [{ type: 'bye', reason: 'access-ended' }];
const MINUTE_MS = 60_000;

const lock = async (userId: string): Promise<void> => {
  const admin = newUser(rt, 'admin');
  const answer = await admin.call(`POST /v1/users/${userId}/lock`, { body: { reason: 'test' } });
  expect([200, 204]).toContain(answer.status);
};

test('R-LIVE-01 a user who is locked loses every connection within a minute', async () => {
  const { body } = await signInBy(rt, somePhone());
  const user = {
    id: body.userId ?? JSON.parse(atob(body.accessToken.split('.')[1])).sub,
    roles: ['client'] as const,
  };
  const lines = [await openLive({ rt, gateway }, user), await openLive({ rt, gateway }, user)];
  const unspent = await ticketOf(rt, user);
  rt.clock.move(1);
  await lock(user.id);
  await drain(rt, { advanceMs: MINUTE_MS - 40_000 });
  for (const line of lines) expect(line.received('bye')).toEqual(ENDED);
  expect((await tryToOpen(rt, rt.ids.next('con'), { ticket: unspent })).statusCode).toBe(403);
});

test('R-LIVE-01 signing out ends the connections of that session alone', async () => {
  const phone = somePhone();
  const first = (await signInBy(rt, phone)).body;
  rt.clock.move(MINUTE_MS * 11);
  const second = (await signInBy(rt, phone)).body;
  const claims = (token: string) =>
    JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  const callerOf = (token: string) => {
    const { sub, sid } = claims(token);
    return { id: sub as string, roles: ['client'] as const, sessionId: sid as string };
  };
  const signedOut = await openLive({ rt, gateway }, callerOf(first.accessToken));
  const other = await openLive({ rt, gateway }, callerOf(second.accessToken));
  rt.clock.move(1);
  const answer = await call(rt, 'POST /v1/sign-out', { body: { refreshToken: first.refreshToken } });
  expect(answer.status).toBe(204);
  await drain(rt);
  expect(signedOut.received('bye')).toEqual(ENDED);
  expect(other.received('bye')).toEqual([]);
  expect((await refresh(rt, second.refreshToken)).status).toBe(200);
});

test('R-LIVE-01 a connection that slipped in before the news of a lost session arrived is ended by it', async () => {
  const user = { id: rt.ids.next('usr'), roles: ['client'] as const, sessionId: rt.ids.next('ses') };
  const ticket = await ticketOf(rt, user);
  rt.clock.move(1);
  await commit(rt, {
    writes: [],
    events: [sessionEnded.draft({ sessionId: user.sessionId, userId: user.id })],
  });
  rt.clock.move(1);
  const connectionId = rt.ids.next('con');
  expect((await tryToOpen(rt, connectionId, { ticket })).statusCode).toBe(200);
  await drain(rt);
  expect(gateway.closed.has(connectionId)).toBe(true);
});
