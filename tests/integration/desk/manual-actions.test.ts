import { findDecision } from '../../../lib/desk/dispatch/decision-repository.ts';
import type { Executor, Ticket } from '../../../lib/desk/model.ts';
import { acceptTicket } from '../../../lib/desk/tickets/accept-ticket.ts';
import { assignTicket } from '../../../lib/desk/tickets/assign-ticket.ts';
import { parkTicket } from '../../../lib/desk/tickets/park-ticket.ts';
import { setUrgency } from '../../../lib/desk/tickets/set-urgency.ts';
import { auditRecorded } from '../../../lib/platform/audit.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { addExecutor, addTicket, executorNow, freshDesk, setLimits, ticketNow } from '../../support/desk.ts';
import { listenToEvents, ofType } from '../../support/staff.ts';
import { addAssigned, as, by, byHolder, codeOf, MANAGER } from '../../support/tickets.ts';

let aws: TestAws;
let rt: TestRuntime;
let deskId: string;
let executor: Executor;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
  deskId = freshDesk(rt);
  executor = await newExecutor();
});

const newExecutor = (given: Partial<Executor> = {}) => addExecutor(rt, { homeDeskId: deskId, ...given });
const loadNow = async ({ id }: Executor) => {
  const { open, openUrgent, parked } = await executorNow(rt, id);
  return [open.length, openUrgent.length, parked.length];
};

describe('assigning by hand', () => {
  test('R-DESK-07 over a cap only on purpose, and then it is recorded as such', async () => {
    await setLimits(rt, deskId, { maxTicketsPerExecutor: 1, maxUrgentTicketsPerExecutor: 1 });
    const full = await newExecutor({ open: [rt.ids.next('tkt')] });
    const ticket = await addTicket(rt, { deskId });
    const received = listenToEvents(rt);
    const assign = (overCap?: boolean) =>
      assignTicket(rt, { ...by(MANAGER, ticket), executorId: full.id, overCap });

    expect(await codeOf(assign())).toBe('executor-full');
    const assigned = await assign(true);

    const found = await findDecision(rt, deskId, assigned.decision ?? '');
    expect(found?.decision).toMatchObject({ rule: 'manual', overCap: true, actorId: MANAGER.id });
    expect(ofType(received, auditRecorded)[0]?.data).toMatchObject({ details: { overCap: true } });
  });

  test('R-DESK-10 a ticket in another hand is taken out of it; in this one already, nothing changes', async () => {
    const to = await newExecutor();
    const ticket = await addAssigned(rt, executor);

    const moved = await assignTicket(rt, { ...by(MANAGER, ticket), executorId: to.id });
    const again = await assignTicket(rt, { ...by(MANAGER, ticket), executorId: to.id });

    expect([moved.executorId, again.version]).toEqual([to.id, moved.version]);
    expect([await loadNow(executor), await loadNow(to)]).toEqual([
      [0, 0, 0],
      [1, 0, 0],
    ]);
  });

  test('R-DESK-10 taking over needs the executor role and an executor record', async () => {
    const ticket = await addTicket(rt, { deskId });
    const take = ({ id }: { id: string }, ...roles: ('manager' | 'executor')[]) =>
      codeOf(assignTicket(rt, { ...by(as({ id }, ...roles), ticket), executorId: id }));

    const nobody = { id: rt.ids.next('usr') };
    const answers = [
      await take(executor, 'manager'),
      await take(nobody, 'manager', 'executor'),
      await take(executor, 'manager', 'executor'),
    ];

    expect(answers).toEqual(['executor-role-required', 'executor-not-found', undefined]);
    expect(await ticketNow(rt, ticket.id)).toMatchObject({ state: 'assigned', executorId: executor.id });
  });
});

describe('urgency', () => {
  const mark = (ticket: Pick<Ticket, 'id'>, urgent: boolean) =>
    setUrgency(rt, { ...by(MANAGER, ticket), urgent, reason: 'the boiler' });

  test('R-DESK-13 a ticket in hand becomes urgent where it is, even over the urgent cap, which is recorded', async () => {
    await setLimits(rt, deskId, { maxUrgentTicketsPerExecutor: 1 });
    await addAssigned(rt, executor, { line: 'urgent' });
    const ticket = await addAssigned(rt, executor);
    const received = listenToEvents(rt);

    const urgent = await mark(ticket, true);

    expect(urgent).toMatchObject({
      state: 'assigned',
      urgent: true,
      executorId: executor.id,
      acceptBy: ticket.acceptBy,
    });
    expect(await loadNow(executor)).toEqual([2, 2, 0]);
    const details = { urgent: true, reason: 'the boiler', overUrgentCap: true };
    expect(ofType(received, auditRecorded)[0]?.data).toMatchObject({ action: 'ticket.urgency-set', details });
  });

  test('R-DESK-13 clearing it frees urgent room, and the holder may do it', async () => {
    const ticket = await addAssigned(rt, executor, { line: 'urgent' });

    await setUrgency(rt, { ...byHolder(executor, ticket), urgent: false, reason: 'it waits' });

    expect(await loadNow(executor)).toEqual([1, 0, 0]);
  });

  test('R-DESK-13 a waiting ticket changes line, an orphan does not; both stay where they were in time', async () => {
    const [plain, orphan] = [
      await addTicket(rt, { deskId }),
      await addTicket(rt, { deskId, line: 'orphaned' }),
    ];

    const moved = [await mark(plain, true), await mark(orphan, true)];

    expect(moved.map(({ line, urgent }) => [line, urgent])).toEqual([
      ['urgent', true],
      ['orphaned', true],
    ]);
    expect(moved.map(({ orderedAt }) => orderedAt)).toEqual([plain.orderedAt, orphan.orderedAt]);
    expect(await mark(plain, true)).toMatchObject({ version: moved[0]?.version });
  });

  test('R-DESK-13 a ticket waiting for its client takes no urgent room', async () => {
    const ticket = await addAssigned(rt, executor);
    await acceptTicket(rt, byHolder(executor, ticket));
    await parkTicket(rt, byHolder(executor, ticket));

    await mark(ticket, true);

    expect(await loadNow(executor)).toEqual([0, 0, 1]);
  });
});
