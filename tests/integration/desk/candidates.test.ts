import { beatWrite } from '../../../lib/desk/core/executor-repository.ts';
import { findLimits } from '../../../lib/desk/core/limit-repository.ts';
import { readDeskLists } from '../../../lib/desk/dispatch/desk-lists.ts';
import { dispatchDesk } from '../../../lib/desk/dispatch/dispatch-desk.ts';
import { instant } from '../../../lib/platform/clock.ts';
import { commit } from '../../../lib/platform/storage/commit.ts';
import { call, startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { addExecutor, addTicket, freshDesk, setLimits, ticketNow } from '../../support/desk.ts';

let aws: TestAws;
let rt: TestRuntime;
let deskId: string;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
  deskId = freshDesk(rt);
});

const executor = (given: Parameters<typeof addExecutor>[1] = {}) =>
  addExecutor(rt, { homeDeskId: deskId, ...given });
/** So many with room for everything, ranks from one on. */
const manyFrom = (rank: number, count: number) =>
  Promise.all(Array.from({ length: count }, (_, index) => executor({ rank: rank + index })));
const urgentFull = (rank: number) => {
  const open = [rt.ids.next('tkt')];
  return executor({ rank, open, openUrgent: open });
};
const dispatched = async (...given: Parameters<typeof addTicket>[1][]): Promise<(string | undefined)[]> => {
  const tickets = [];
  for (const each of given) tickets.push(await addTicket(rt, { deskId, ...each }));
  await dispatchDesk(rt, deskId);
  return Promise.all(tickets.map(async ({ id }) => (await ticketNow(rt, id)).executorId));
};
const why = async (ticketId: string) =>
  (
    await call(rt, `GET /v1/tickets/${ticketId}/why`, {
      token: await rt.token({ id: rt.ids.next('usr'), roles: ['manager'] }),
    })
  ).body;

describe('executors are examined as the tickets need', () => {
  test('R-DESK-06 who has ordinary room alone is not overtaken by those with room for everything', async () => {
    await setLimits(rt, deskId, { maxTicketsPerExecutor: 5, maxUrgentTicketsPerExecutor: 1 });
    const first = await urgentFull(1);
    await manyFrom(10, 6);

    expect(await dispatched({})).toEqual([first.id]);
  });

  test('R-DESK-12 nor where a hundred and more with room for everything stand before them on the roster', async () => {
    await setLimits(rt, deskId, { maxTicketsPerExecutor: 5, maxUrgentTicketsPerExecutor: 1 });
    const crowd = await manyFrom(10, 104);
    const [second, last] = [await urgentFull(11), await urgentFull(1000)];

    const turns = await dispatched(...Array.from({ length: 4 }, (_, i) => ({ orderedAt: at(i) })));

    const tie = [crowd[1]?.id ?? '', second.id].sort();
    expect(turns).toEqual([crowd[0]?.id, ...tie, crowd[2]?.id]);
    expect(turns).not.toContain(last.id);
  });

  test('R-DESK-12 nobody counts as next in turn whom somebody unread may stand before', async () => {
    await setLimits(rt, deskId, { maxTicketsPerExecutor: 5, maxUrgentTicketsPerExecutor: 1 });
    const [a, b, c] = await manyFrom(10, 5);
    const [second] = [await urgentFull(11), await urgentFull(100)];
    const limits = await findLimits(rt, deskId);
    await addTicket(rt, { deskId });

    const { candidates, cut } = await readDeskLists(rt, { deskId, limits, size: 2 });

    const tie = [b?.id ?? '', second.id].sort();
    expect(candidates.map(({ executorId }) => executorId)).toEqual([a?.id, ...tie, c?.id]);
    expect(cut).toBe(true);
  });

  test('R-DESK-05 an urgent ticket finds who has urgent room behind many who have not', async () => {
    await setLimits(rt, deskId, { maxTicketsPerExecutor: 5, maxUrgentTicketsPerExecutor: 1 });
    const first = await urgentFull(1);
    for (let rank = 2; rank < 8; rank += 1) await urgentFull(rank);
    const free = await executor({ rank: 50 });

    expect(await dispatched({ line: 'urgent' }, {})).toEqual([free.id, first.id]);
  });

  test('R-DESK-12 where the first in turn are gone unnoticed, the next in turn behind them are found', async () => {
    for (const { id: executorId } of await manyFrom(1, 6))
      await commit(rt, {
        writes: [beatWrite(rt, { executorId, lastBeatAt: at(-3_600_000), watch: 'test' })],
      });
    const [next, after] = await manyFrom(10, 8);

    expect(await dispatched({}, { orderedAt: at(1) })).toEqual([next?.id, after?.id]);
  });

  test('R-DESK-12 as many tickets as executors are dealt one each, whoever was read first', async () => {
    const all = await manyFrom(1, 30);

    const turns = await dispatched(...Array.from({ length: 30 }, (_, i) => ({ orderedAt: at(i) })));

    expect(turns).toEqual(all.map(({ id }) => id));
  });

  test('R-DESK-11 why shows those examined and says how many stood behind them', async () => {
    await setLimits(rt, deskId, { maxTicketsPerExecutor: 5, maxUrgentTicketsPerExecutor: 1 });
    await manyFrom(10, 9);
    await urgentFull(40);
    await executor({ presence: 'away' });
    const ticket = await addTicket(rt, { deskId });
    const urgent = await addTicket(rt, { deskId, line: 'urgent' });
    await dispatchDesk(rt, deskId);

    const [told, toldUrgent] = [await why(ticket.id), await why(urgent.id)];

    expect(told.candidates).toHaveLength(4);
    expect(told).toMatchObject({
      behind: { count: 6, more: false },
      excluded: { away: { count: 1, more: false } },
    });
    expect(toldUrgent).toMatchObject({
      behind: { count: 5, more: false },
      excluded: { urgentCap: { count: 1, more: false } },
    });
  });

  test('R-DESK-11 why of a waiting ticket counts those behind the examined as well', async () => {
    await manyFrom(1, 18);
    const ticket = await addTicket(rt, { deskId });

    expect(await why(ticket.id)).toMatchObject({ rule: 'being-assigned', behind: { count: 2, more: false } });
  });
});

const at = (offsetMs: number) => instant(rt.clock.nowMs() + offsetMs);
