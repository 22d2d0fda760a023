import { readRoster } from '../../../lib/desk/core/roster-repository.ts';
import { listDecisionLog } from '../../../lib/desk/dispatch/decision-log-repository.ts';
import { listPlanned } from '../../../lib/desk/dispatch/decision-repository.ts';
import { dispatchDesk, TAKEN_OVER_GAP } from '../../../lib/desk/dispatch/dispatch-desk.ts';
import { acquireLease, LEASE_MS, releaseLease } from '../../../lib/desk/dispatch/lease-repository.ts';
import { instant } from '../../../lib/platform/clock.ts';
import { drain, startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { addExecutor, addTicket, executorNow, freshDesk, setLimits, ticketNow } from '../../support/desk.ts';

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

const executors = (count: number) =>
  Promise.all(Array.from({ length: count }, () => addExecutor(rt, { homeDeskId: deskId })));

const decided = async () => {
  const { items } = await listPlanned(rt, deskId, { limit: 100 });
  return items
    .flatMap(({ decision }) => decision.tickets.map((each) => ({ ...each, executorId: decision.executorId })))
    .sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
};

describe('dispatch', () => {
  test('R-DESK-05 serves orphaned, then urgent, then new, each by the time it first stood in line', async () => {
    const at = (offset: number) => instant(rt.clock.nowMs() + offset);
    const late = await addTicket(rt, { deskId, orderedAt: at(-1000) });
    const early = await addTicket(rt, { deskId, orderedAt: at(-9000) });
    const urgent = await addTicket(rt, { deskId, line: 'urgent', orderedAt: at(-10) });
    const promoted = await addTicket(rt, {
      deskId,
      line: 'urgent',
      urgent: false,
      promoted: true,
      orderedAt: at(-20),
    });
    const orphan = await addTicket(rt, { deskId, line: 'orphaned', urgent: false, orderedAt: at(-5) });
    const urgentOrphan = await addTicket(rt, { deskId, line: 'orphaned', urgent: true, orderedAt: at(-3) });
    await executors(1);
    await setLimits(rt, deskId, { maxTicketsPerExecutor: 6 });

    await dispatchDesk(rt, deskId);

    const order = (await decided()).map((each) => each.ticketId);
    expect(order).toEqual([orphan.id, urgentOrphan.id, promoted.id, urgent.id, early.id, late.id]);
  });

  test('R-DESK-06 deals to whoever was assigned longest ago, and leaves the rest in line', async () => {
    const [a, b] = await executors(2);
    await setLimits(rt, deskId, { maxTicketsPerExecutor: 2 });
    for (let i = 0; i < 5; i += 1) await addTicket(rt, { deskId, orderedAt: instant(rt.clock.nowMs() + i) });

    const { assigned } = await dispatchDesk(rt, deskId);

    expect(assigned).toBe(4);
    const turns = (await decided()).map((each) => each.executorId);
    expect(turns).toEqual([a?.id, b?.id, a?.id, b?.id]);
  });

  test('R-DESK-06 assigns the moment room appears: a new executor takes what waited', async () => {
    const ticket = await addTicket(rt, { deskId });
    await drain(rt);
    expect((await ticketNow(rt, ticket.id)).state).toBe('waiting');

    const executor = await addExecutor(rt, { homeDeskId: deskId });
    await drain(rt);

    expect(await ticketNow(rt, ticket.id)).toMatchObject({
      state: 'assigned',
      executorId: executor.id,
      leaseEpoch: 1,
    });
  });

  test('R-DESK-01 a raised cap takes in those who stood full, and moves them on the roster', async () => {
    await setLimits(rt, deskId, { maxTicketsPerExecutor: 1, maxUrgentTicketsPerExecutor: 1 });
    const [executor] = await executors(1);
    const first = await addTicket(rt, { deskId });
    const second = await addTicket(rt, { deskId });
    await drain(rt);
    expect((await executorNow(rt, executor?.id ?? '')).open).toEqual([first.id]);

    await setLimits(rt, deskId, { maxTicketsPerExecutor: 3 });
    await drain(rt);

    expect((await executorNow(rt, executor?.id ?? '')).open).toEqual(
      expect.arrayContaining([first.id, second.id]),
    );
    const roster = await readRoster(rt, deskId, { limit: 10 });
    expect(roster.entries).toMatchObject([{ executorId: executor?.id, list: 'all', caps: '3/1' }]);
  });

  test('R-DESK-01 a lowered cap takes no ticket away', async () => {
    const [executor] = await executors(1);
    const tickets = [await addTicket(rt, { deskId }), await addTicket(rt, { deskId })];
    await drain(rt);

    await setLimits(rt, deskId, { maxTicketsPerExecutor: 1, maxUrgentTicketsPerExecutor: 1 });
    await addTicket(rt, { deskId });
    await drain(rt);

    expect((await executorNow(rt, executor?.id ?? '')).open.toSorted()).toEqual(
      tickets.map((t) => t.id).toSorted(),
    );
  });

  test('R-DESK-05 an urgent ticket nobody has urgent room for blocks nobody behind it', async () => {
    await executors(1);
    await setLimits(rt, deskId, { maxUrgentTicketsPerExecutor: 1 });
    const urgent = [
      await addTicket(rt, { deskId, line: 'urgent' }),
      await addTicket(rt, { deskId, line: 'urgent' }),
    ];
    const ordinary = await addTicket(rt, { deskId });

    await drain(rt);

    const states = await Promise.all(
      [...urgent, ordinary].map(async ({ id }) => (await ticketNow(rt, id)).state),
    );
    expect(states).toEqual(['assigned', 'waiting', 'assigned']);
  });

  test('R-DESK-08 a stale heartbeat excludes before its timer fires', async () => {
    await executors(1);
    const ticket = await addTicket(rt, { deskId });
    rt.clock.move(30_000);

    await dispatchDesk(rt, deskId);

    expect((await ticketNow(rt, ticket.id)).state).toBe('waiting');
  });

  test('R-DESK-07 parallel dispatchers without a lease between them never pass a cap nor share a ticket', async () => {
    const people = await executors(3);
    for (let i = 0; i < 20; i += 1) await addTicket(rt, { deskId, orderedAt: instant(rt.clock.nowMs() + i) });
    const worlds = await Promise.all(Array.from({ length: 6 }, () => testRuntime(aws)));
    // Far apart clocks: each finds the lease of the others expired.
    for (const [index, world] of worlds.entries())
      world.clock.moveTo(rt.clock.nowMs() + index * (LEASE_MS + 1));

    await Promise.all(worlds.map((world) => dispatchDesk(world, deskId)));

    const held = await Promise.all(people.map(async ({ id }) => (await executorNow(rt, id)).open));
    expect(held.map((open) => open.length)).toEqual([5, 5, 5]);
    expect(new Set(held.flat()).size).toBe(15);
    const numbers = (await decided()).map((each) => each.number);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  test('R-DESK-12 every number of the sequence is used once, also after a crash that kept none', async () => {
    await executors(2);
    await addTicket(rt, { deskId });
    await dispatchDesk(rt, deskId);
    await acquireLease(rt, deskId, 'run_crashed');
    rt.clock.move(LEASE_MS + 1);
    await addTicket(rt, { deskId });

    await dispatchDesk(rt, deskId);

    // Those between are left to a holder that was slow instead of crashed.
    expect((await decided()).map((each) => each.number)).toEqual([1, 1 + TAKEN_OVER_GAP + 1]);
  });

  test('R-DESK-06 a wake-up that finds the lease held is left with its holder, and guarded once', async () => {
    const taken = await acquireLease(rt, deskId, 'run_a');
    if (taken.kind !== 'acquired') throw new Error('the lease was free');

    expect(await dispatchDesk(rt, deskId)).toEqual({ kind: 'held', assigned: 0 });
    expect(await dispatchDesk(rt, deskId)).toEqual({ kind: 'held', assigned: 0 });

    expect(await releaseLease(rt, taken.lease, 0)).toMatchObject({ kind: 'woken' });
    expect(rt.held.nextDueMs()).toBe(rt.clock.nowMs() + LEASE_MS);
  });

  test('R-DESK-06 a crashed holder delays nobody beyond its lease', async () => {
    await acquireLease(rt, deskId, 'run_crashed');
    const executor = await addExecutor(rt, { homeDeskId: deskId });
    const ticket = await addTicket(rt, { deskId });
    await drain(rt);
    expect((await ticketNow(rt, ticket.id)).state).toBe('waiting');

    await drain(rt, { advanceMs: LEASE_MS });

    expect((await ticketNow(rt, ticket.id)).executorId).toBe(executor.id);
  });

  test('R-DESK-12 a burst over many executors deals no second ticket before everyone has one', async () => {
    const people = await executors(130);
    await Promise.all(
      Array.from({ length: 150 }, (_, i) =>
        addTicket(rt, { deskId, orderedAt: instant(rt.clock.nowMs() + i) }),
      ),
    );

    await dispatchDesk(rt, deskId);

    const loads = await Promise.all(people.map(async ({ id }) => (await executorNow(rt, id)).open.length));
    expect(Math.max(...loads) - Math.min(...loads)).toBe(1);
    expect(loads.reduce((a, b) => a + b)).toBe(150);
  });

  test('R-DESK-12 more than a first look takes in is planned in one go: each turn in order, one transaction each', async () => {
    await setLimits(rt, deskId, { maxTicketsPerExecutor: 2 });
    const people = await executors(105);
    await Promise.all(
      Array.from({ length: 230 }, (_, i) =>
        addTicket(rt, { deskId, orderedAt: instant(rt.clock.nowMs() + i) }),
      ),
    );

    const { assigned } = await dispatchDesk(rt, deskId);

    expect(assigned).toBe(210);
    const { decisions } = await listDecisionLog(rt, { deskId, kind: 'p', limit: 300, ascending: true });
    expect(decisions.map(({ tickets }) => tickets.map(({ number }) => number))).toEqual(
      people.map((_, index) => [index + 1, people.length + index + 1]),
    );
  });
});
