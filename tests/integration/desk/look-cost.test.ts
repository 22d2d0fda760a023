import { executorChange, ticketChange } from '../../../lib/desk/core/change.ts';
import { beatWrite } from '../../../lib/desk/core/executor-repository.ts';
import { findLimits } from '../../../lib/desk/core/limit-repository.ts';
import { type Executor, lines, presences, type Ticket } from '../../../lib/desk/model.ts';
import { instant } from '../../../lib/platform/clock.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { countRequests, putItems } from '../../support/count-requests.ts';
import { addExecutor, addTicket } from '../../support/desk.ts';
import { traceWrites } from '../../support/desk-day.ts';
import { newUser, openDesk, type TestUser } from '../../support/staff.ts';

let aws: TestAws;
let rt: TestRuntime;
let deskId: string;
let manager: TestUser;
let counted: ReturnType<typeof countRequests>;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
  counted = countRequests(rt);
  manager = newUser(rt, 'manager');
  deskId = await openDesk(rt, manager, { maxTicketsPerExecutor: 30, maxUrgentTicketsPerExecutor: 2 });
});

const MORE_THAN_COUNTED = 120;
const inHand = (count: number) => Array.from({ length: count }, () => rt.ids.next('tkt'));

/** So many executors like this one, past all conditions. Each holds tickets of their own. */
const putExecutors = async (given: Partial<Executor>, count = MORE_THAN_COUNTED): Promise<Executor[]> => {
  const limits = await findLimits(rt, deskId);
  const lastBeatAt = instant(rt.clock.nowMs());
  const first = await addExecutor(rt, { homeDeskId: deskId, ...given });
  const others = Array.from({ length: count - 1 }, () => {
    const open = inHand(first.open.length);
    return { ...first, id: rt.ids.next('usr'), open, openUrgent: open.slice(0, first.openUrgent.length) };
  });
  await putItems(
    rt,
    others.flatMap((after) => [
      ...executorChange(rt, { before: undefined, after, limits }).writes,
      beatWrite(rt, { executorId: after.id, lastBeatAt, watch: 'test' }),
    ]),
  );
  return [first, ...others];
};

const putTickets = async (given: Partial<Ticket>, count = MORE_THAN_COUNTED): Promise<Ticket[]> => {
  const limits = await findLimits(rt, deskId);
  const first = await addTicket(rt, { deskId, ...given });
  const tickets = Array.from({ length: count - 1 }, (_, index) => ({
    ...first,
    id: rt.ids.next('tkt'),
    orderedAt: instant(rt.clock.nowMs() + index + 1),
  }));
  const change = { before: undefined, limits, at: first.createdAt, cause: 'opened' };
  await putItems(
    rt,
    tickets.flatMap((after) => ticketChange(rt, { ...change, after }).writes),
  );
  return [first, ...tickets];
};

/** More decisions and alerts than are shown. */
const putPast = async (people: readonly Executor[]): Promise<void> => {
  const limits = await findLimits(rt, deskId);
  const past = Array.from({ length: 40 }, () => rt.ids.next('tkt'));
  const template = await addTicket(rt, { deskId });
  await putItems(
    rt,
    past.flatMap((id, index) => traceWrites(rt, { deskId, limits, people }, { ...template, id }, index + 1)),
  );
};

/** What the desk itself asks: who is signed in is known before. */
const look = async (path: string) => {
  await manager.call(`GET /v1/desks/${deskId}`);
  counted();
  const { status, body } = await manager.call(`GET ${path}`);
  const { total, readUnits, writeUnits } = counted();
  return { status, body, total, readUnits, writeUnits };
};
const board = () => look(`/v1/board?deskId=${deskId}`);
const why = ({ id }: Ticket) => look(`/v1/tickets/${id}/why`);

describe('what a look costs', () => {
  test('R-DESK-11 R-DESK-12 board and why stay cheap where over a hundred wait and everybody holds more than 24', async () => {
    const people = await putExecutors({ open: inHand(30) });
    await putPast(people);
    const tickets = await putTickets({});

    const shown = await board();
    expect(shown.body.lines[2].waiting).toEqual({ count: 121, more: false });
    expect(shown.body.roster.full).toEqual({ count: 120, more: false });
    expect(shown.body.executors.map(({ open }: { open: number }) => open)).toEqual(Array(8).fill(30));
    expect([shown.body.decisions.length, shown.body.alerts.length]).toEqual([20, 20]);
    expect(shown.total).toBeLessThanOrEqual(11);
    expect(shown.readUnits).toBeLessThanOrEqual(21);
    expect(shown.writeUnits).toBe(0);

    const told = await why(tickets.at(-1) as Ticket);
    expect(told.body).toMatchObject({
      rule: 'nobody-has-room',
      position: { count: 100, more: true },
      excluded: { cap: { count: 100, more: true } },
    });
    expect(told.body.candidates.map(({ open }: { open: number }) => open)).toEqual(Array(16).fill(30));
    expect(told.total).toBeLessThanOrEqual(6);
    expect(told.readUnits).toBeLessThanOrEqual(24);
    expect(told.writeUnits).toBe(0);
  });

  test('R-DESK-11 R-DESK-12 they have a ceiling where all lines and all lists of the roster are long', async () => {
    const people = await putExecutors({});
    const [urgentOne, other] = [rt.ids.next('tkt'), rt.ids.next('tkt')];
    await putExecutors({ open: [urgentOne, other], openUrgent: [urgentOne, other] });
    await putExecutors({ open: inHand(30) });
    for (const presence of presences) if (presence !== 'online') await putExecutors({ presence });
    await putPast(people);
    for (const line of lines) {
      for (const urgent of line === 'new' ? [false] : [false, true]) await putTickets({ line, urgent });
    }
    const last = await addTicket(rt, { deskId, orderedAt: instant(rt.clock.nowMs() + 1000) });

    const shown = await board();
    const hundred = { count: 100, more: true };
    const of = (count: number) => ({ count, more: false });
    const { full, ...others } = shown.body.roster;
    expect([full, ...Object.values(others)]).toEqual(Array(7).fill(of(120)));
    expect(shown.body.lines.map(({ waiting }: { waiting: object }) => waiting)).toEqual([
      of(240),
      of(240),
      of(122),
    ]);
    expect(shown.total).toBeLessThanOrEqual(28);
    expect(shown.readUnits).toBeLessThanOrEqual(53);

    const told = await why(last);
    expect(told.body).toMatchObject({ rule: 'others-first', position: hundred });
    expect(told.total).toBeLessThanOrEqual(7);
    expect(told.readUnits).toBeLessThanOrEqual(30);
  });

  test.each(['full', 'away'] as const)(
    'R-DESK-11 why reads sixteen executors where a thousand are %s, and no other',
    async (how) => {
      await putExecutors(how === 'full' ? { open: inHand(30) } : { presence: 'away' }, 1000);
      const [, second] = await putTickets({}, 3);

      const { body, total, readUnits } = await why(second as Ticket);

      expect(body.position).toEqual({ count: 2, more: false });
      expect(body.excluded[how === 'full' ? 'cap' : 'away'].more).toBe(true);
      expect(total).toBeLessThanOrEqual(6);
      expect(readUnits).toBeLessThanOrEqual(22);
    },
  );

  test('R-DESK-11 why looks no deeper for an urgent ticket where everybody has ordinary room alone', async () => {
    const [one, other] = [rt.ids.next('tkt'), rt.ids.next('tkt')];
    await putExecutors({ open: [one, other], openUrgent: [one, other] }, 90);
    const ticket = await addTicket(rt, { deskId, line: 'urgent' });

    const { body, total, readUnits } = await why(ticket);

    expect(body).toMatchObject({
      rule: 'nobody-has-room',
      excluded: { urgentCap: { count: 90, more: false } },
    });
    expect(total).toBeLessThanOrEqual(6);
    expect(readUnits).toBeLessThanOrEqual(25);
  });

  test('R-DESK-11 why looks on where none of the first sixteen could take the ticket and others might', async () => {
    const passed = await putExecutors({}, 25);
    const free = await addExecutor(rt, { homeDeskId: deskId, rank: 9 });
    const until = instant(rt.clock.nowMs() + 60_000);
    const passedOver = Object.fromEntries(passed.map(({ id }) => [id, until]));
    const ticket = await addTicket(rt, { deskId, passedOver });

    const { body } = await why(ticket);

    expect(body).toMatchObject({ rule: 'being-assigned', excluded: { declined: { count: 25 } } });
    expect(body.candidates[0]).toMatchObject({ executorId: free.id, excluded: null });
  });
});
