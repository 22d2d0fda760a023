import {
  limitsChanged,
  newQueued,
  presenceChanged,
  ticketAccepted,
  ticketClosed,
} from '../../../lib/desk/events.ts';
import { listFacts } from '../../../lib/desk/journal/journal-repository.ts';
import { recordJournal } from '../../../lib/desk/journal/record-journal.ts';
import { findItem } from '../../../lib/desk/repository/table.ts';
import { instant, plusSeconds } from '../../../lib/platform/clock.ts';
import { runReplay } from '../../../lib/replay/run-replay.ts';
import {
  call,
  drain,
  startAws,
  type TestAws,
  type TestRuntime,
  testRuntime,
} from '../../support/aws/index.ts';
import { addExecutor, addTicket, freshDesk, setLimits } from '../../support/desk.ts';
import { type Person, person, putLimits } from '../../support/staff.ts';

let aws: TestAws;
let rt: TestRuntime;
let deskId: string;
let manager: Person;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
  deskId = freshDesk(rt);
  manager = person(rt, 'manager');
});

const now = () => instant(rt.clock.nowMs());
const factsOf = async (journal: string) => {
  const span = { from: plusSeconds(now(), -7200), to: now(), atMost: 1000 };
  return (await listFacts(rt, journal, span)).entries;
};
const typesOf = async (journal: string) => (await factsOf(journal)).map(({ type }) => type);

describe('journal', () => {
  test('R-DESK-12 keeps what came in, who was there and what became of it, in order of time over the hours', async () => {
    await addTicket(rt, { deskId });
    await drain(rt);
    rt.clock.move(3600_000);
    const executor = await addExecutor(rt, { homeDeskId: deskId });
    await drain(rt);
    rt.clock.move(1000);
    await executorCalls(executor.id);
    await drain(rt);

    const facts = await factsOf(deskId);

    const expected: string[] = [newQueued.name, presenceChanged.name, ticketAccepted.name];
    expect(facts.map(({ type }) => type).filter((type) => expected.includes(type))).toEqual(expected);
    expect(facts.map(({ at }) => at)).toEqual(facts.map(({ at }) => at).toSorted());
  });

  const executorCalls = async (executorId: string) => {
    const token = await rt.token({ id: executorId, roles: ['executor'] });
    const { body } = await call(rt, 'GET /v1/tickets?held=now', { token });
    await call(rt, `POST /v1/tickets/${body.items[0].ticketId}/accept`, { token, key: 'accept', body: {} });
  };

  test('R-DESK-12 writes a fact down once, however often it comes, and lets it go after 90 days', async () => {
    const event = {
      id: 'cmt_1.0',
      type: ticketClosed.name,
      at: now(),
      data: { deskId, ticketId: 't', state: 'closed' },
    };
    await recordJournal(rt, event);
    await recordJournal(rt, event);

    expect(await typesOf(deskId)).toEqual([ticketClosed.name]);
    const key = { pk: `JOURNAL#${deskId}#${now().slice(0, 13)}`, sk: `${now()}#cmt_1.0` };
    const item = await findItem(rt, key);
    expect(item?.expiresAtSec).toBe(rt.clock.nowMs() / 1000 + 90 * 24 * 3600);
  });

  test('R-DESK-12 a change of global limits stands in the journal of every desk, that of a desk in its own', async () => {
    await setLimits(rt, deskId, { maxTicketsPerExecutor: 7 });
    await drain(rt);
    expect(await typesOf('*')).not.toContain(limitsChanged.name);
    expect(await typesOf(deskId)).toContain(limitsChanged.name);
    await putLimits(manager, undefined, { maxWaitSec: 299 });
    await drain(rt);
    expect(await typesOf('*')).toContain(limitsChanged.name);
  });
});

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
    const executor = await person(rt, 'executor').call('POST /v1/replays', { key: 'k', body: {} });
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
