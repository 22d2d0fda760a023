import { instant } from '../../../lib/platform/clock.ts';
import { drain, startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { BusyDay } from '../../support/busy-day.ts';
import { newUser, putLimits, type TestUser } from '../../support/staff.ts';
import { strength } from '../../support/strength.ts';

const MINUTE_MS = 60_000;
/** No heartbeats are sent in these tests. */
const PATIENT = { heartbeatPeriodSec: 300, missedHeartbeats: 20 };

let aws: TestAws;
let rt: TestRuntime;
let manager: TestUser;

beforeEach(async () => {
  // The desk main belongs to one test.
  aws = await startAws();
  rt = await testRuntime(aws);
  manager = newUser(rt, 'manager');
});
afterEach(() => aws.stop());

const replay = async (from: number, to: number, limits?: Record<string, number>) => {
  const body = { from: instant(from), to: instant(to), ...(limits && { limits }) };
  const asked = await manager.call('POST /v1/replays', { key: rt.ids.next('key'), body });
  expect([asked.status, asked.body.state]).toEqual([202, 'queued']);
  await drain(rt);
  const { body: done } = await manager.call(`GET /v1/replays/${asked.body.replayId}`);
  expect(done.problem).toBeNull();
  expect(done.state).toBe('done');
  return done.result;
};

const aBusyDay = async (seed: number, limits = {}) => {
  await putLimits(manager, undefined, { ...PATIENT, maxTicketsPerExecutor: 2, ...limits });
  const day = new BusyDay(rt, seed);
  await day.hire(manager, 4);
  for (const [index, executor] of day.executors.entries()) {
    day.after(1 + index * 3, () => day.presence(executor, 'online'));
  }
  return day;
};

describe('replay', () => {
  test('R-DESK-12 every decision is made again, and the simulated day under its own limits makes the same ones', async () => {
    const day = await aBusyDay(1);
    const start = day.nowMs;
    const written = strength(18, 28);
    day.writeMany(written, strength(300, 450), 0.25);
    const [first, second] = day.executors as [TestUser, TestUser];
    day.after(150, () => day.presence(first, 'offline'));
    day.after(230, () => day.presence(first, 'online'));
    day.after(190, () => day.presence(second, 'away'));
    day.after(280, () => day.presence(second, 'online'));
    day.after(210, () => putLimits(manager, undefined, { maxTicketsPerExecutor: 3 }));
    const end = start + 15 * MINUTE_MS;
    await day.live(end);

    const result = await replay(start, end);

    expect(result.decisions).toMatchObject({ differentCount: 0, different: [], withoutInput: 0 });
    expect(result.decisions.same).toBe(result.decisions.replayed);
    expect(result.decisions.replayed).toBeGreaterThanOrEqual(written);
    expect(result.simulatedSame).toEqual({ same: result.decisions.replayed, of: result.decisions.replayed });
    expect(result.simulated).toEqual(result.happened);
    expect(result.changed).toBeNull();
    expect([result.series.changed, result.moved]).toEqual([null, null]);
    expect(result.notes).toMatchObject({ unreadable: 0, guessedDurations: 0, executorsFromPlans: 0 });
  });

  test('R-DESK-12 waits, promotions, alerts and missed acceptances come out as they happened', async () => {
    const day = await aBusyDay(2, {
      maxTicketsPerExecutor: 1,
      maxUrgentTicketsPerExecutor: 1,
      maxWaitSec: 60,
      maxUrgentWaitSec: 45,
    });
    day.slowShare = 0.15;
    const start = day.nowMs;
    day.writeMany(strength(16, 26), strength(220, 350), 0.3);
    const end = start + 10 * MINUTE_MS;
    await day.live(end);

    const result = await replay(start, end);

    expect(result.happened.promoted).toBeGreaterThan(0);
    expect(result.happened.overdue).toBeGreaterThan(0);
    expect(result.happened.missed).toBeGreaterThan(0);
    expect(result.simulated).toEqual(result.happened);
    expect(result.simulatedSame.same).toBe(result.simulatedSame.of);
  });

  test('R-DESK-12 under other limits it tells waits, breaches and fairness beside those of the day', async () => {
    const day = await aBusyDay(3, { maxTicketsPerExecutor: 3, maxWaitSec: 60 });
    const start = day.nowMs;
    day.writeMany(strength(16, 24), strength(120, 180), 0.1);
    const end = start + 15 * MINUTE_MS;
    await day.live(end);

    const tighter = await replay(start, end, { maxTicketsPerExecutor: 1, maxUrgentTicketsPerExecutor: 1 });
    const wider = await replay(start, end, { maxTicketsPerExecutor: 10, maxUrgentTicketsPerExecutor: 10 });

    expect(tighter.changed.waits.meanSec).toBeGreaterThan(tighter.simulated.waits.meanSec);
    expect(tighter.changed.promoted).toBeGreaterThan(tighter.simulated.promoted);
    expect(wider.changed.waits.maxSec).toBe(0);
    expect(wider.changed.promoted).toBe(0);
    expect(wider.simulated).toEqual(tighter.simulated);
    for (const { fairness, assigned } of [tighter.changed, wider.changed]) {
      expect(fairness).toMatchObject({ executors: 4, assignments: assigned });
    }
    expect(wider.changed.fairness.jain).toBeGreaterThan(0.98);

    const { series, moved } = tighter;
    const sum = (list: number[]) => list.reduce((total, each) => total + each, 0);
    const breaches = ({ orphaned, urgent, new: fresh }: Record<string, { breaches: number[] }>) =>
      [orphaned, urgent, fresh].map((line) => sum(line?.breaches ?? []));
    const { changed } = tighter;
    expect(sum(breaches(series.changed))).toBe(changed.promoted + changed.overdue);
    expect(breaches(series.changed)[2]).toBe(changed.promoted);
    expect(series.changed.new.waitingAtEnd).toHaveLength(1);
    expect(moved.later).toBeGreaterThan(0);
    expect(moved.tickets.length).toBe(Math.min(50, moved.later + moved.sooner));
    expect(moved.tickets[0].differenceSec).toBeGreaterThan(0);
  });

  test('R-DESK-12 a stretch in the middle begins with what waited and was in hand then', async () => {
    const day = await aBusyDay(4, { maxTicketsPerExecutor: 1, maxUrgentTicketsPerExecutor: 1 });
    const start = day.nowMs;
    day.writeMany(strength(18, 22), strength(250, 300), 0.2);
    await day.live(start + 15 * MINUTE_MS);

    const result = await replay(start + 3 * MINUTE_MS + 500, start + 6 * MINUTE_MS + 500);

    expect(result.notes.waitingAtStart).toBeGreaterThan(0);
    expect(result.notes.heldAtStart).toBeGreaterThan(0);
    expect(result.simulated).toEqual(result.happened);
    expect(result.simulatedSame.same).toBe(result.simulatedSame.of);
    expect(result.simulatedSame.of).toBeGreaterThan(3);
  });
});
