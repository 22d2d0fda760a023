import type { Role } from '../../../lib/platform/caller.ts';
import { call, drain, type TestRuntime } from '../../support/aws/index.ts';
import { executorNow } from '../../support/desk.ts';
import type { FakeGateway } from '../../support/live/fake-gateway.ts';
import { type LiveClient, liveWorld, openLive } from '../../support/live/live-client.ts';
import { comeOnline, hire, newUser, openDesk, type TestUser } from '../../support/staff.ts';

let rt: TestRuntime;
let gateway: FakeGateway;
let executor: TestUser;
beforeAll(async () => {
  ({ rt, gateway } = await liveWorld());
});
afterAll(() => gateway.stop());
beforeEach(async () => {
  const manager = newUser(rt, 'manager');
  executor = await hire(rt, manager, await openDesk(rt, manager));
  expect((await comeOnline(executor)).status).toBe(200);
});

/** Heartbeat every 10 s, three missed make a suspect, who has 120 s to come back. */
const PERIOD_MS = 10_000;
const open = (...roles: Role[]): Promise<LiveClient> => openLive({ rt, gateway }, { id: executor.id, roles });
const presence = async () => (await executorNow(rt, executor.id)).presence;
const pass = (ms: number) => drain(rt, { advanceMs: ms });

test('R-DESK-08 beats of a live connection keep an executor online, and one who stops sending them is suspect', async () => {
  const line = await open('executor');
  for (let n = 0; n < 8; n += 1) {
    await pass(PERIOD_MS);
    await line.send({ type: 'beat' });
    await drain(rt);
  }
  expect(await presence()).toBe('online');
  await pass(3 * PERIOD_MS + 1_000);
  expect(await presence()).toBe('suspect');
  await line.send({ type: 'beat' });
  await drain(rt);
  expect(await presence()).toBe('online');
});

test('R-DESK-08 the loss of the last connection is one missed heartbeat, and the others still count', async () => {
  const line = await open('executor');
  await line.send({ type: 'beat' });
  await drain(rt);
  await line.leave();
  await drain(rt);
  await pass(2 * PERIOD_MS - 1_000);
  expect(await presence()).toBe('online');
  await pass(2_000);
  expect(await presence()).toBe('suspect');
});

test('R-DESK-08 the loss of one of two connections, and a connection that we close, are no missed heartbeats', async () => {
  const [first, second] = [await open('executor'), await open('executor')];
  await second.send({ type: 'beat' });
  await drain(rt);
  await first.leave();
  await second.send('no frame');
  expect(second.received('bye')).toHaveLength(1);
  await second.leave();
  await pass(2 * PERIOD_MS + 1_000);
  expect(await presence()).toBe('online');
});

test('R-DESK-08 whoever is back before the missed heartbeats have added up has lost nothing', async () => {
  const line = await open('executor');
  await line.send({ type: 'beat' });
  await drain(rt);
  await line.leave();
  await pass(PERIOD_MS);
  await (await open('executor')).send({ type: 'beat' });
  await pass(3 * PERIOD_MS - 1_000);
  expect(await presence()).toBe('online');
});

test('R-DESK-08 a beat of somebody who is no executor, or not yet at a desk, changes nothing and is no fault', async () => {
  const nobody = await openLive({ rt, gateway }, { id: rt.ids.next('usr'), roles: ['executor'] });
  const client = await openLive({ rt, gateway }, { id: rt.ids.next('usr'), roles: ['client'] });
  for (const line of [nobody, client]) await line.send({ type: 'beat' });
  await nobody.leave();
  const { failed } = await drain(rt);
  expect(failed).toEqual([]);
  const { body } = await call(rt, 'GET /v1/executors/me', {
    token: await rt.token({ id: executor.id, roles: ['executor'] }),
  });
  expect(body.presence).toBe('online');
});
