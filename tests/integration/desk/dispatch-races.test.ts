import { listPlanned } from '../../../lib/desk/dispatch/decision-repository.ts';
import { dispatchDesk } from '../../../lib/desk/dispatch/dispatch-desk.ts';
import { closeTicket } from '../../../lib/desk/tickets/close-ticket.ts';
import { setUrgency } from '../../../lib/desk/tickets/set-urgency.ts';
import { instant } from '../../../lib/platform/clock.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { addExecutor, addTicket, executorNow, freshDesk, setLimits, ticketNow } from '../../support/desk.ts';
import { beforeNth } from '../../support/meanwhile.ts';
import { addAssigned, by, byHolder, MANAGER } from '../../support/tickets.ts';

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

/** One executor with an urgent ticket in hand, which is all the urgent room they have. */
const urgentlyFull = async () => {
  await setLimits(rt, deskId, { maxTicketsPerExecutor: 2, maxUrgentTicketsPerExecutor: 1 });
  const executor = await addExecutor(rt, { homeDeskId: deskId });
  return { executor, inHand: await addAssigned(rt, executor, { urgent: true }) };
};

describe('a dispatcher overtaken between two looks', () => {
  test('R-DESK-05 serves the urgent orphan first when urgent room appears after it looked for some', async () => {
    const { executor, inHand } = await urgentlyFull();
    await addTicket(rt, { deskId, orderedAt: instant(rt.clock.nowMs() - 5000) });
    const orphan = await addTicket(rt, { deskId, line: 'orphaned', urgent: true });
    const world = await testRuntime(aws, { clock: rt.clock });
    beforeNth(world, { command: 'BatchGetItemCommand', nth: 1 }, () =>
      closeTicket(rt, byHolder(executor, inHand)),
    );

    await dispatchDesk(world, deskId);

    const { items } = await listPlanned(rt, deskId, { limit: 10 });
    expect(items.at(-1)?.decision.tickets[0]?.ticketId).toBe(orphan.id);
  });

  test('R-DESK-07 does not deal a ticket as ordinary that has become urgent since the plan', async () => {
    const { executor } = await urgentlyFull();
    const ticket = await addTicket(rt, { deskId });
    const world = await testRuntime(aws, { clock: rt.clock });
    beforeNth(world, { command: 'BatchGetItemCommand', nth: 2 }, () =>
      setUrgency(rt, { ...by(MANAGER, ticket), urgent: true, reason: 'no heating' }),
    );

    await dispatchDesk(world, deskId);

    const { openUrgent } = await executorNow(rt, executor.id);
    expect([openUrgent.length, (await ticketNow(rt, ticket.id)).state]).toEqual([1, 'waiting']);
  });
});
