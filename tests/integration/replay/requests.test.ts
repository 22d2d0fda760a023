import { instant } from '../../../lib/platform/clock.ts';
import { runReplay } from '../../../lib/replay/run-replay.ts';
import { drain, startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { newUser, type TestUser } from '../../support/staff.ts';

let aws: TestAws;
let rt: TestRuntime;
let manager: TestUser;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
  manager = newUser(rt, 'manager');
});

const now = () => instant(rt.clock.nowMs());

describe('asking for a replay', () => {
  const hour = 3_600_000;
  const ask = (change: object, key = rt.ids.next('key')) => {
    const nowMs = rt.clock.nowMs();
    const body = { from: instant(nowMs - hour), to: instant(nowMs), ...change };
    return manager.call('POST /v1/replays', { key, body });
  };
  const ago = (ms: number) => instant(rt.clock.nowMs() - ms);
  const day = 24 * hour;

  test('R-DESK-12 the same key gives the same replay, and its result can be read', async () => {
    const [first, again] = [await ask({}, 'k'), await ask({}, 'k')];
    expect([first.status, again.status]).toEqual([202, 202]);
    expect(again.body.replayId).toBe(first.body.replayId);

    await drain(rt);

    const { body } = await manager.call(`GET /v1/replays/${first.body.replayId}`);
    expect(body).toMatchObject({ state: 'done', finishedAt: now(), problem: null, deskId: 'main' });
    expect(body.result.decisions).toMatchObject({ replayed: 0, differentCount: 0 });
    expect(body.result.happened.fairness.jain).toBeNull();
  });

  test('R-DESK-12 refuses spans that cannot be replayed, and settings that cannot be tried', async () => {
    const answers = [
      await ask({ from: now(), to: now() }),
      await ask({ to: instant(rt.clock.nowMs() + 1) }),
      await ask({ from: ago(32 * day), to: ago(0) }),
      await ask({ from: ago(91 * day), to: ago(90 * day) }),
      await ask({ limits: { maxTicketsPerExecutor: 0 } }),
      await ask({ limits: { heartbeatPeriodSec: 5 } }),
      await ask({ limits: { maxTicketsPerExecutor: 1, maxUrgentTicketsPerExecutor: 2 } }),
      await ask({ deskId: rt.ids.next('dsk') }),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [400, 'invalid-range'],
      [400, 'invalid-range'],
      [400, 'invalid-range'],
      [400, 'invalid-range'],
      [400, 'invalid-request'],
      [400, 'invalid-request'],
      [422, 'limits-pair'],
      [404, 'desk-not-found'],
    ]);
  });

  test('R-DESK-12 a replay that does not exist is not found; only managers ask', async () => {
    const missing = await manager.call(`GET /v1/replays/${rt.ids.next('rpl')}`);
    const executor = await newUser(rt, 'executor').call('POST /v1/replays', { key: 'k', body: {} });
    expect([missing.body.code, executor.body.code]).toEqual(['replay-not-found', 'forbidden']);
  });

  test('R-DESK-12 a request that comes to the worker twice is answered once', async () => {
    const { body } = await ask({});
    await drain(rt);
    const before = (await manager.call(`GET /v1/replays/${body.replayId}`)).body;
    rt.clock.move(5000);
    await runReplay(rt, body.replayId);
    expect((await manager.call(`GET /v1/replays/${body.replayId}`)).body).toEqual(before);
  });
});
