import { listThread } from '../../../lib/desk/core/thread-repository.ts';
import { findDecision } from '../../../lib/desk/dispatch/decision-repository.ts';
import type { Executor } from '../../../lib/desk/model.ts';
import { acceptTicket } from '../../../lib/desk/tickets/accept-ticket.ts';
import { closeTicket } from '../../../lib/desk/tickets/close-ticket.ts';
import { declineTicket } from '../../../lib/desk/tickets/decline-ticket.ts';
import { parkTicket } from '../../../lib/desk/tickets/park-ticket.ts';
import { transferTicket } from '../../../lib/desk/tickets/transfer-ticket.ts';
import { auditRecorded } from '../../../lib/platform/audit.ts';
import { drain, startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import {
  addExecutor,
  addTicket,
  beat,
  executorNow,
  freshDesk,
  setLimits,
  ticketNow,
} from '../../support/desk.ts';
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

describe('accepting', () => {
  test('R-DESK-10 an assigned ticket becomes accepted, and doing it again changes nothing', async () => {
    const ticket = await addAssigned(rt, executor);

    const once = await acceptTicket(rt, byHolder(executor, ticket));
    const twice = await acceptTicket(rt, byHolder(executor, ticket));

    expect(once).toMatchObject({ state: 'accepted', version: ticket.version + 1 });
    expect(once.acceptBy).toBeUndefined();
    expect(twice).toEqual(await ticketNow(rt, ticket.id));
    expect(twice.version).toBe(once.version);
  });

  test('R-DESK-09 whoever accepts has no misses running any more', async () => {
    const missed = await newExecutor({ missesRunning: 1 });
    const ticket = await addAssigned(rt, missed);

    await acceptTicket(rt, byHolder(missed, ticket));

    expect((await executorNow(rt, missed.id)).missesRunning).toBe(0);
  });

  test('an action on another version than the one seen is stale', async () => {
    const ticket = await addAssigned(rt, executor);
    const stale = { ...byHolder(executor, ticket), ifMatch: ticket.version - 1 };
    const seen = { ...byHolder(executor, ticket), ifMatch: ticket.version };
    expect([await codeOf(acceptTicket(rt, stale)), await codeOf(acceptTicket(rt, seen))]).toEqual([
      'stale',
      undefined,
    ]);
  });

  test('R-ADM-02 what staff do is audited with who, what and from where', async () => {
    const received = listenToEvents(rt);
    const ticket = await addAssigned(rt, executor);

    await acceptTicket(rt, byHolder(executor, ticket));

    const entries = ofType(received, auditRecorded).map(({ data }) => data);
    expect(entries).toMatchObject([
      { action: 'ticket.assigned', subject: `ticket/${ticket.id}`, actor: { id: MANAGER.id }, deskId },
      { action: 'ticket.accepted', subject: `ticket/${ticket.id}`, actor: { id: executor.id } },
    ]);
  });
});

describe('declining', () => {
  test.each([
    { urgent: false, line: 'new' },
    { urgent: true, line: 'urgent' },
  ] as const)(
    'R-DESK-10 puts a ticket back into its own class (urgent: $urgent)',
    async ({ urgent, line }) => {
      const ticket = await addAssigned(rt, executor, { urgent, promoted: !urgent, line: 'urgent' });

      const declined = await declineTicket(rt, byHolder(executor, ticket));

      expect(declined).toMatchObject({
        state: 'waiting',
        line,
        promoted: false,
        orderedAt: ticket.orderedAt,
      });
      expect(await loadNow(executor)).toEqual([0, 0, 0]);
      expect((await executorNow(rt, executor.id)).missesRunning).toBe(0);
    },
  );

  test('R-DESK-10 is remembered for five minutes, and then a sole executor gets it again', async () => {
    const ticket = await addAssigned(rt, executor);
    await declineTicket(rt, byHolder(executor, ticket));
    await drain(rt, { advanceMs: 299_000 });
    await beat(rt, executor.id);
    await drain(rt);
    expect((await ticketNow(rt, ticket.id)).state).toBe('waiting');

    await drain(rt, { advanceMs: 1000 });
    await beat(rt, executor.id);
    await drain(rt);

    expect(await ticketNow(rt, ticket.id)).toMatchObject({ state: 'assigned', executorId: executor.id });
  });

  test('R-DESK-10 another executor gets it at once', async () => {
    const other = await newExecutor();
    const ticket = await addAssigned(rt, executor);

    await declineTicket(rt, byHolder(executor, ticket));
    await drain(rt);

    expect(await ticketNow(rt, ticket.id)).toMatchObject({ state: 'assigned', executorId: other.id });
  });
});

describe('transferring', () => {
  test('R-DESK-10 to an executor: out of one hand into the other, to be accepted anew, with its decision', async () => {
    const to = await newExecutor();
    const ticket = await addAssigned(rt, executor);
    await acceptTicket(rt, byHolder(executor, ticket));

    const moved = await transferTicket(rt, { ...byHolder(executor, ticket), to: { executorId: to.id } });

    expect(moved).toMatchObject({ state: 'assigned', executorId: to.id, heldBy: [executor.id, to.id] });
    expect(moved.acceptBy).toBeDefined();
    expect([await loadNow(executor), await loadNow(to)]).toEqual([
      [0, 0, 0],
      [1, 0, 0],
    ]);
    const found = await findDecision(rt, deskId, moved.decision ?? '');
    expect(found?.decision).toMatchObject({
      rule: 'transfer',
      actorId: executor.id,
      executorId: to.id,
      overCap: false,
    });
    expect(await codeOf(acceptTicket(rt, byHolder(executor, ticket)))).toBe('ticket-moved');
  });

  test('R-DESK-09 a transferred ticket nobody accepts goes to the orphaned line in its time', async () => {
    const to = await newExecutor();
    const ticket = await addAssigned(rt, executor);
    await transferTicket(rt, { ...byHolder(executor, ticket), to: { executorId: to.id } });

    await drain(rt, { advanceMs: 301_000 });

    expect(await ticketNow(rt, ticket.id)).toMatchObject({ state: 'waiting', line: 'orphaned' });
  });

  test('R-DESK-10 not to someone full, absent, silent, unknown or oneself', async () => {
    await setLimits(rt, deskId, { maxTicketsPerExecutor: 1, maxUrgentTicketsPerExecutor: 1 });
    const full = await newExecutor({ open: [rt.ids.next('tkt')] });
    const draining = await newExecutor({ presence: 'draining' });
    const ticket = await addAssigned(rt, executor);
    const to = (executorId: string) =>
      codeOf(transferTicket(rt, { ...byHolder(executor, ticket), to: { executorId } }));
    const silent = await newExecutor();
    const answers = [
      await to(full.id),
      await to(draining.id),
      await to(rt.ids.next('usr')),
      await to(executor.id),
    ];
    rt.clock.move(30_000);
    await beat(rt, executor.id);
    answers.push(await to(silent.id));
    expect(answers).toEqual([
      'executor-full',
      'executor-not-online',
      'executor-not-found',
      'same-executor',
      'executor-not-online',
    ]);
    expect((await ticketNow(rt, ticket.id)).version).toBe(ticket.version);
  });

  test('R-DESK-10 to a desk: its own class there, no longer promoted', async () => {
    const ticket = await addAssigned(rt, executor, { promoted: true, line: 'urgent', urgent: false });

    const moved = await transferTicket(rt, { ...byHolder(executor, ticket), to: { deskId: 'main' } });
    const unknown = await addAssigned(rt, executor);
    const nowhere = transferTicket(rt, {
      ...byHolder(executor, unknown),
      to: { deskId: rt.ids.next('dsk') },
    });

    expect(moved).toMatchObject({ state: 'waiting', deskId: 'main', line: 'new', promoted: false });
    expect(await codeOf(nowhere)).toBe('desk-not-found');
    await closeTicket(rt, by(MANAGER, moved));
  });
});

describe('parking and closing', () => {
  test('R-DESK-10 waiting for the client frees room, and doing it again changes nothing', async () => {
    const ticket = await addAssigned(rt, executor, { line: 'urgent' });
    await acceptTicket(rt, byHolder(executor, ticket));

    const once = await parkTicket(rt, byHolder(executor, ticket));
    const twice = await parkTicket(rt, byHolder(executor, ticket));

    expect(once).toMatchObject({ state: 'waitingClient', executorId: executor.id });
    expect(twice.version).toBe(once.version);
    expect(await loadNow(executor)).toEqual([0, 0, 1]);
  });

  test.each(['assigned', 'accepted', 'waitingClient'] as const)(
    'R-DESK-10 closing an %s one frees its place',
    async (state) => {
      const ticket = await addAssigned(rt, executor);
      if (state !== 'assigned') await acceptTicket(rt, byHolder(executor, ticket));
      if (state === 'waitingClient') await parkTicket(rt, byHolder(executor, ticket));

      const closed = await closeTicket(rt, { ...byHolder(executor, ticket), reason: 'solved' });

      expect(closed).toMatchObject({ state: 'closed', closedBy: executor.id, executorId: executor.id });
      expect(await loadNow(executor)).toEqual([0, 0, 0]);
      const { items: thread } = await listThread(rt, { ticketId: ticket.id, limit: 10, notes: true });
      expect(thread).toMatchObject([{ kind: 'system', text: 'Closed: solved', authorId: executor.id }]);
    },
  );

  test('R-DESK-10 a waiting one is closed by its client or a manager, and closed is final', async () => {
    const [own, other] = [await addTicket(rt, { deskId }), await addTicket(rt, { deskId })];
    const client = as({ id: own.clientId }, 'client');

    await closeTicket(rt, by(client, own));
    await closeTicket(rt, by(MANAGER, other));

    expect([(await ticketNow(rt, own.id)).state, (await ticketNow(rt, other.id)).state]).toEqual([
      'closed',
      'closed',
    ]);
    expect(await codeOf(closeTicket(rt, by(client, own)))).toBe('ticket-closed');
    expect(await codeOf(closeTicket(rt, by(client, other)))).toBe('ticket-not-found');
  });
});
