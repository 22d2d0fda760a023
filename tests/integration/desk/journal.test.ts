import { findItem } from '../../../lib/desk/core/table.ts';
import {
  limitsChanged,
  newQueued,
  presenceChanged,
  ticketAccepted,
  ticketClosed,
} from '../../../lib/desk/events.ts';
import { listFacts } from '../../../lib/desk/journal/journal-repository.ts';
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
