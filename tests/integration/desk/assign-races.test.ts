import { dispatchDesk } from '../../../lib/desk/dispatch/dispatch-desk.ts';
import { acceptTicket } from '../../../lib/desk/tickets/accept-ticket.ts';
import { assignTicket } from '../../../lib/desk/tickets/assign-ticket.ts';
import { closeTicket } from '../../../lib/desk/tickets/close-ticket.ts';
import { declineTicket } from '../../../lib/desk/tickets/decline-ticket.ts';
import { parkTicket } from '../../../lib/desk/tickets/park-ticket.ts';
import { setUrgency } from '../../../lib/desk/tickets/set-urgency.ts';
import { transferTicket } from '../../../lib/desk/tickets/transfer-ticket.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { addExecutor, addTicket, freshDesk, setLimits } from '../../support/desk.ts';
import { addAssigned, by, byHolder, codeOf, expectOneHandEach, MANAGER } from '../../support/tickets.ts';

let aws: TestAws;
let rt: TestRuntime;
let worlds: TestRuntime[];
let deskId: string;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  // Each racer has a clock and clients of its own, as invocations have.
  [rt, ...worlds] = (await Promise.all(Array.from({ length: 13 }, () => testRuntime(aws)))) as [TestRuntime];
  deskId = freshDesk(rt);
  await setLimits(rt, deskId, {
    maxTicketsPerExecutor: 3,
    maxUrgentTicketsPerExecutor: 1,
    heartbeatPeriodSec: 300,
  });
});

const executors = (count: number) =>
  Promise.all(Array.from({ length: count }, () => addExecutor(rt, { homeDeskId: deskId })));
const tickets = (count: number, line: 'new' | 'urgent' = 'new') =>
  Promise.all(Array.from({ length: count }, () => addTicket(rt, { deskId, line })));
const world = (index: number): TestRuntime => worlds[index % worlds.length] ?? rt;

describe('races for tickets and room', () => {
  test('R-DESK-07 twelve managers assign twelve tickets to one executor: as many go through as there is room', async () => {
    const [executor] = await executors(1);
    const lot = await tickets(12);

    const codes = await Promise.all(
      lot.map((ticket, i) =>
        codeOf(assignTicket(world(i), { ...by(MANAGER, ticket), executorId: executor?.id ?? '' })),
      ),
    );

    expect(codes.filter((code) => code === undefined)).toHaveLength(3);
    expect(codes.filter((code) => code !== undefined && code !== 'executor-full')).toEqual([]);
    await expectOneHandEach(rt, executor ? [executor] : [], lot);
  });

  test('R-DESK-07 urgent tickets pass the urgent cap no more than ordinary ones the cap', async () => {
    const people = await executors(1);
    const lot = await tickets(6, 'urgent');

    await Promise.all(
      lot.map((ticket, i) =>
        codeOf(assignTicket(world(i), { ...by(MANAGER, ticket), executorId: people[0]?.id ?? '' })),
      ),
    );

    const { executors: now } = await expectOneHandEach(rt, people, lot);
    expect(now[0]?.openUrgent).toHaveLength(1);
  });

  test('R-DESK-07 one ticket assigned to six executors at once ends in one hand', async () => {
    const people = await executors(6);
    const [ticket] = await tickets(1);
    if (!ticket) throw new Error('no ticket');

    await Promise.all(
      people.map(({ id }, i) => codeOf(assignTicket(world(i), { ...by(MANAGER, ticket), executorId: id }))),
    );

    const { executors: now } = await expectOneHandEach(rt, people, [ticket]);
    expect(now.filter(({ open }) => open.length > 0)).toHaveLength(1);
  });

  test('R-DESK-07 executors who transfer to each other at once pass no cap and lose no ticket', async () => {
    const people = await executors(3);
    const lot = (
      await Promise.all(
        people.map((executor) => Promise.all([addAssigned(rt, executor), addAssigned(rt, executor)])),
      )
    ).flat();

    const codes = await Promise.all(
      lot.map((ticket, i) => {
        const from = people.find(({ id }) => id === ticket.executorId);
        const to = people[(people.findIndex(({ id }) => id === ticket.executorId) + 1 + (i % 2)) % 3];
        if (!from || !to) throw new Error('no such executor');
        return codeOf(transferTicket(world(i), { ...byHolder(from, ticket), to: { executorId: to.id } }));
      }),
    );

    expect(codes.filter((code) => code !== undefined && code !== 'executor-full')).toEqual([]);
    const { executors: now } = await expectOneHandEach(rt, people, lot);
    expect(now.flatMap(({ open }) => open)).toHaveLength(6);
    expect(Math.max(...now.map(({ open }) => open.length))).toBeLessThanOrEqual(3);
  });

  test('R-DESK-07 accept, close, decline, park, assign and dispatch at once leave each ticket in one hand', async () => {
    const people = await executors(3);
    const [first, second] = people;
    if (!first || !second) throw new Error('no executors');
    const held = await Promise.all(Array.from({ length: 3 }, () => addAssigned(rt, first)));
    const waiting = await tickets(4);
    const lot = [...held, ...waiting];

    await Promise.all([
      ...held.flatMap((ticket, i) => [
        codeOf(acceptTicket(world(i), byHolder(first, ticket))),
        codeOf(declineTicket(world(i + 3), byHolder(first, ticket))),
        codeOf(assignTicket(world(i + 6), { ...by(MANAGER, ticket), executorId: second.id })),
      ]),
      codeOf(parkTicket(world(9), byHolder(first, held[0] ?? first))),
      codeOf(closeTicket(world(10), by(MANAGER, held[1] ?? first))),
      codeOf(setUrgency(world(11), { ...by(MANAGER, held[2] ?? first), urgent: true, reason: 'race' })),
      dispatchDesk(world(9), deskId),
      dispatchDesk(world(10), deskId),
    ]);

    const { executors: now } = await expectOneHandEach(rt, people, lot);
    expect(Math.max(...now.map(({ open }) => open.length))).toBeLessThanOrEqual(3);
  });

  test('R-DESK-07 a ticket is closed once, whoever else tries', async () => {
    const [executor] = await executors(1);
    if (!executor) throw new Error('no executor');
    const ticket = await addAssigned(rt, executor);

    const codes = await Promise.all(
      [0, 1, 2, 3, 4, 5].map((i) =>
        codeOf(closeTicket(world(i), i % 2 ? by(MANAGER, ticket) : byHolder(executor, ticket))),
      ),
    );

    expect(codes.toSorted()).toEqual([...Array(5).fill('ticket-closed'), undefined]);
    await expectOneHandEach(rt, [executor], [ticket]);
  });
});
