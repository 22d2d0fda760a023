import { commitChange, executorChange } from '../../../lib/desk/core/change.ts';
import { getExecutor } from '../../../lib/desk/core/executor-repository.ts';
import { listFacts } from '../../../lib/desk/core/journal-repository.ts';
import { findLimits } from '../../../lib/desk/core/limit-repository.ts';
import { findItem, queryPage } from '../../../lib/desk/core/table.ts';
import {
  limitsChanged,
  newQueued,
  presenceChanged,
  ticketAccepted,
  ticketClosed,
} from '../../../lib/desk/events.ts';
import { recordJournal } from '../../../lib/desk/journal/record-journal.ts';
import { instant, plusSeconds } from '../../../lib/platform/clock.ts';
import {
  call,
  drain,
  startAws,
  type TestAws,
  type TestRuntime,
  testRuntime,
} from '../../support/aws/index.ts';
import { addExecutor, addTicket, freshDesk, setLimits } from '../../support/desk.ts';
import { newUser, putLimits, type TestUser } from '../../support/staff.ts';

let aws: TestAws;
let rt: TestRuntime;
let deskId: string;
let manager: TestUser;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
  deskId = freshDesk(rt);
  manager = newUser(rt, 'manager');
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

  test('R-DESK-12 what changed and what the journal says of it are one transaction', async () => {
    const ticket = await addTicket(rt, { deskId });
    // Before any message was handled.
    const facts = await factsOf(deskId);
    expect(facts).toMatchObject([
      { type: newQueued.name, at: now(), data: { ticketId: ticket.id, cause: 'opened' } },
    ]);
    await drain(rt);
    expect(await factsOf(deskId)).toEqual(facts);
  });

  test('R-DESK-12 a fact that came by the queue is read among those written with their commits', async () => {
    const at = plusSeconds(now(), -60);
    const data = { deskId, ticketId: 'tkt_old', state: 'closed' };
    await addTicket(rt, { deskId });
    await recordJournal(rt, { id: 'cmt_0.0', type: ticketClosed.name, at, data });
    await drain(rt);

    expect(await typesOf(deskId)).toEqual([ticketClosed.name, newQueued.name]);
  });

  test('R-DESK-12 the facts of an hour are spread over partitions and read in order of time', async () => {
    for (let sec = 0; sec < 12; sec += 1) {
      await addTicket(rt, { deskId });
      rt.clock.move(1000);
    }
    const facts = await factsOf(deskId);
    expect(facts).toHaveLength(12);
    expect(facts.map(({ at }) => at)).toEqual(facts.map(({ at }) => at).toSorted());
    const key = (shard: number) => ({ pk: `JOURNAL#${deskId}#${now().slice(0, 13)}#${shard}`, limit: 20 });
    const shards = await Promise.all([0, 1, 2, 3].map((shard) => queryPage(rt, key(shard))));
    expect(shards.map(({ items }) => items.length).filter((length) => length > 0).length).toBeGreaterThan(1);
    const [item] = shards.flatMap(({ items }) => items);
    expect(item?.expiresAtSec).toBeGreaterThan(rt.clock.nowMs() / 1000 + 89 * 24 * 3600);
  });

  test('R-DESK-12 one commit that concerns two desks stands in the journals of both', async () => {
    const other = freshDesk(rt);
    const executor = await addExecutor(rt, { homeDeskId: deskId });
    const before = await getExecutor(rt, executor.id);
    const after = { ...executor, homeDeskId: other, version: executor.version + 1 };
    const limits = await findLimits(rt, other);
    await commitChange(rt, executorChange(rt, { before, after, limits }));

    const moved = { type: presenceChanged.name, data: { executorId: executor.id, fromDeskId: deskId } };
    expect((await factsOf(other)).filter(({ type }) => type === presenceChanged.name)).toMatchObject([moved]);
    expect((await factsOf(deskId)).filter(({ type }) => type === presenceChanged.name)).toMatchObject([
      {},
      moved,
    ]);
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
