import { acquireLease, releaseLease } from '../../../lib/desk/dispatch/lease-repository.ts';
import { dispatchRequested } from '../../../lib/desk/internal-events.ts';
import { sendReminders } from '../../../lib/platform/events/send-reminders.ts';
import { drain, startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { addExecutor, addTicket, freshDesk, ticketNow } from '../../support/desk.ts';

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

describe('wake-ups that come together', () => {
  const leaseBy = (holder: string) => acquireLease(rt, deskId, holder);
  const wakeTwice = async (): Promise<void> => {
    await sendReminders(rt, [dispatchRequested.draft({ deskId }), dispatchRequested.draft({ deskId })]);
    await drain(rt);
  };

  test('R-DESK-06 take no lease where nobody waits', async () => {
    await wakeTwice();
    expect(await leaseBy('test')).toMatchObject({ kind: 'acquired', lease: { wakes: 1 } });
  });

  test('R-DESK-06 deal what waits', async () => {
    const ticket = await addTicket(rt, { deskId });
    await drain(rt);
    const executor = await addExecutor(rt, { homeDeskId: deskId });
    await wakeTwice();
    expect(await ticketNow(rt, ticket.id)).toMatchObject({ state: 'assigned', executorId: executor.id });
  });

  test('R-DESK-06 are left with the dispatcher at work where somebody waits', async () => {
    const taken = await leaseBy('other');
    if (taken.kind !== 'acquired') throw new Error('nobody else is here');
    await addTicket(rt, { deskId });
    await wakeTwice();
    expect(await releaseLease(rt, taken.lease, 0)).toMatchObject({ kind: 'woken' });
  });
});
