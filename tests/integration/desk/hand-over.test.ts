import { findDecision } from '../../../lib/desk/dispatch/decision-repository.ts';
import { handOverTickets } from '../../../lib/desk/executors/hand-over-tickets.ts';
import { moveReassigned } from '../../../lib/desk/executors/move-reassigned.ts';
import { reassignTickets } from '../../../lib/desk/executors/reassign-tickets.ts';
import { setPresence } from '../../../lib/desk/executors/set-presence.ts';
import type { Executor, Ticket } from '../../../lib/desk/model.ts';
import { acceptTicket } from '../../../lib/desk/tickets/accept-ticket.ts';
import { parkTicket } from '../../../lib/desk/tickets/park-ticket.ts';
import { instant } from '../../../lib/platform/clock.ts';
import { drain, startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { addExecutor, addTicket, executorNow, freshDesk, setLimits, ticketNow } from '../../support/desk.ts';
import { addAssigned, byHolder, codeOf, expectOneHandEach, MANAGER } from '../../support/tickets.ts';

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
  await setLimits(rt, deskId, { heartbeatPeriodSec: 300 });
});

const newExecutor = () => addExecutor(rt, { homeDeskId: deskId });
const origin = { ip: '127.0.0.1', requestId: 'test' };
const reassign = (executor: Executor, to?: Executor) =>
  reassignTickets(rt, {
    executorId: executor.id,
    toExecutorId: to?.id,
    reason: 'test',
    caller: MANAGER,
    origin,
  });
const leave = (executor: Executor) => setPresence(rt, { executorId: executor.id, intent: 'offline' });
const states = (lot: readonly Ticket[]) =>
  Promise.all(lot.map(async ({ id }) => ticketNow(rt, id))).then((now) => now.map(({ state }) => state));

const assignedTo = async (executor: Executor, count: number): Promise<Ticket[]> => {
  const lot: Ticket[] = [];
  for (let i = 0; i < count; i += 1) lot.push(await addAssigned(rt, executor));
  return lot;
};

describe('handing over', () => {
  test('R-DESK-08 someone who leaves with 200 tickets leaves none behind', async () => {
    const id = rt.ids.next('usr');
    const inHand = {
      state: 'assigned',
      line: undefined,
      waitingSince: undefined,
      executorId: id,
      leaseEpoch: 1,
    } as const;
    const lot = await Promise.all(
      Array.from({ length: 200 }, () => addTicket(rt, { deskId, heldBy: [id], ...inHand })),
    );
    const open = lot.map((ticket) => ticket.id);
    const executor = await addExecutor(rt, { id, homeDeskId: deskId, open });

    await leave(executor);
    await drain(rt);

    expect(await executorNow(rt, id)).toMatchObject({ presence: 'offline', epoch: 2, open: [] });
    const now = await Promise.all(open.map((ticketId) => ticketNow(rt, ticketId)));
    expect(new Set(now.map(({ state, line }) => `${state} ${line}`))).toEqual(new Set(['waiting orphaned']));
  });

  test('R-DESK-08 a moved ticket stands in the orphaned line, its place by the first wait, its wait anew', async () => {
    const executor = await newExecutor();
    const [ticket] = await assignedTo(executor, 1);
    rt.clock.move(1000);

    await leave(executor);
    await drain(rt);

    const now = await ticketNow(rt, ticket?.id ?? '');
    expect(now).toMatchObject({
      state: 'waiting',
      line: 'orphaned',
      promoted: false,
      orderedAt: ticket?.orderedAt,
    });
    expect(now.waitingSince).toBe(instant(rt.clock.nowMs()));
    expect(now.executorId).toBeUndefined();
  });

  test('R-DESK-08 what they send for it afterwards is answered with its having moved, even before it has', async () => {
    const executor = await newExecutor();
    const [ticket] = await assignedTo(executor, 1);
    await leave(executor);

    const before = await codeOf(acceptTicket(rt, byHolder(executor, ticket ?? executor)));
    await drain(rt);
    const after = await codeOf(acceptTicket(rt, byHolder(executor, ticket ?? executor)));

    expect([before, after]).toEqual(['ticket-moved', 'ticket-moved']);
  });

  test('R-DESK-08 a second run, or one after they came back and were given more, takes nothing', async () => {
    const executor = await newExecutor();
    await assignedTo(executor, 2);
    await leave(executor);
    await handOverTickets(rt, { executorId: executor.id, mode: 'all' });
    await setPresence(rt, { executorId: executor.id, intent: 'online' });
    const fresh = await assignedTo(executor, 2);
    const { version } = await executorNow(rt, executor.id);

    await handOverTickets(rt, { executorId: executor.id, mode: 'all' });

    expect((await executorNow(rt, executor.id)).version).toBe(version);
    expect(await states(fresh)).toEqual(['assigned', 'assigned']);
  });

  test('R-DESK-08 two runs at once move each ticket once', async () => {
    const executor = await newExecutor();
    const lot = await assignedTo(executor, 30);
    await leave(executor);
    const others = await Promise.all([0, 1, 2].map(() => testRuntime(aws)));

    await Promise.all(others.map((each) => handOverTickets(each, { executorId: executor.id, mode: 'all' })));

    const now = await Promise.all(lot.map(({ id }) => ticketNow(rt, id)));
    expect(now.every(({ state, line }) => state === 'waiting' && line === 'orphaned')).toBe(true);
    expect(now.map(({ version }) => version)).toEqual(lot.map(({ version }) => version + 1));
  });

  test('R-DESK-10 going away hands over what is not accepted, and nothing of it once they are back', async () => {
    const executor = await newExecutor();
    const [kept, given] = await assignedTo(executor, 2);
    if (!kept || !given) throw new Error('no tickets');
    await acceptTicket(rt, byHolder(executor, kept));
    await setPresence(rt, { executorId: executor.id, intent: 'away' });
    await drain(rt);
    expect(await states([kept, given])).toEqual(['accepted', 'waiting']);

    await setPresence(rt, { executorId: executor.id, intent: 'online' });
    const [fresh] = await assignedTo(executor, 1);
    await handOverTickets(rt, { executorId: executor.id, mode: 'unaccepted' });

    expect(await states(fresh ? [fresh] : [])).toEqual(['assigned']);
  });

  test('R-DESK-10 a ticket waiting for its client keeps its executor through every absence', async () => {
    const executor = await newExecutor();
    const [ticket] = await assignedTo(executor, 1);
    if (!ticket) throw new Error('no ticket');
    await acceptTicket(rt, byHolder(executor, ticket));
    await parkTicket(rt, byHolder(executor, ticket));

    await leave(executor);
    await drain(rt);

    expect(await ticketNow(rt, ticket.id)).toMatchObject({ state: 'waitingClient', executorId: executor.id });
    expect((await executorNow(rt, executor.id)).parked).toEqual([ticket.id]);
  });

  test('R-DESK-08 what is in the set but in no hand takes no room any longer', async () => {
    const lost = rt.ids.next('tkt');
    const executor = await addExecutor(rt, { homeDeskId: deskId, open: [lost] });

    await handOverTickets(rt, { executorId: executor.id, mode: 'all' });

    expect((await executorNow(rt, executor.id)).open).toEqual([]);
  });
});

describe('reassigning in bulk', () => {
  test('R-DESK-10 to an executor as far as they have room, the earliest first, the rest to the orphaned line', async () => {
    await setLimits(rt, deskId, { maxTicketsPerExecutor: 2 });
    const [from, to] = [await newExecutor(), await newExecutor()];
    const lot = await assignedTo(from, 4);

    await reassign(from, to);
    await drain(rt);

    const { tickets, executors } = await expectOneHandEach(rt, [from, to], lot);
    expect(executors.map(({ open }) => open.length)).toEqual([0, 2]);
    expect(tickets.map(({ state, line }) => line ?? state)).toEqual([
      'assigned',
      'assigned',
      'orphaned',
      'orphaned',
    ]);
    const decision = await findDecision(rt, deskId, tickets[0]?.decision ?? '');
    expect(decision?.decision).toMatchObject({ rule: 'reassign', executorId: to.id, actorId: MANAGER.id });
  });

  test('R-DESK-10 without an executor to the orphaned line, past the one who had them', async () => {
    const from = await newExecutor();
    const lot = await assignedTo(from, 3);

    const answer = await reassign(from);
    const late = await codeOf(acceptTicket(rt, byHolder(from, lot[0] ?? from)));
    await drain(rt);

    expect(answer).toEqual({ tickets: 3 });
    expect(late).toBe('ticket-moved');
    expect(await states(lot)).toEqual(['waiting', 'waiting', 'waiting']);
    // Forgotten after five minutes: nothing is stranded with a sole executor.
    await drain(rt, { advanceMs: 301_000 });
  });

  test('R-DESK-07 two bulk reassignments to one executor pass no cap', async () => {
    const [a, b, to] = [await newExecutor(), await newExecutor(), await newExecutor()];
    const lot = [...(await assignedTo(a, 4)), ...(await assignedTo(b, 4))];
    await reassign(a, to);
    await reassign(b, to);
    const others = await Promise.all([0, 1].map(() => testRuntime(aws)));

    await Promise.all(
      [a, b].map(({ id }, i) =>
        moveReassigned(others[i] ?? rt, { executorId: id, toExecutorId: to.id, actorId: MANAGER.id }),
      ),
    );

    const { executors } = await expectOneHandEach(rt, [a, b, to], lot);
    expect(executors.map(({ open }) => open.length)).toEqual([0, 0, 5]);
  });

  test('R-DESK-10 not to somebody who is not online, not to themselves, not to nobody', async () => {
    const [from, gone] = [
      await newExecutor(),
      await addExecutor(rt, { homeDeskId: deskId, presence: 'away' }),
    ];
    await assignedTo(from, 1);

    const codes = [
      await codeOf(reassign(from, gone)),
      await codeOf(reassign(from, from)),
      await codeOf(reassign(from, { ...from, id: rt.ids.next('usr') })),
    ];

    expect(codes).toEqual(['executor-not-online', 'same-executor', 'executor-not-found']);
    expect((await executorNow(rt, from.id)).epoch).toBe(from.epoch);
  });
});
