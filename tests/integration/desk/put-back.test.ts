import { deskTimers } from '../../../lib/desk/desk-timers.ts';
import { findPresence } from '../../../lib/desk/executors/presence-repository.ts';
import { timerSet } from '../../../lib/desk/internal-events.ts';
import { fireDeskTimer } from '../../../lib/desk/timers/fire-timer.ts';
import { instant } from '../../../lib/platform/clock.ts';
import { sweepDue } from '../../../lib/platform/timers/sweep-due.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { beforeNth } from '../../support/meanwhile.ts';
import { beatOf, comeOnline, hire, listenToEvents, newUser, ofType, openDesk } from '../../support/staff.ts';

const STALE_MS = 30_000;

let aws: TestAws;
let rt: TestRuntime;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
});

test('R-DESK-08 a look at heartbeats goes on where the sweep that sent it puts its deadline back meanwhile', async () => {
  const manager = newUser(rt, 'manager');
  const executor = await hire(rt, manager, await openDesk(rt, manager));
  const received = listenToEvents(rt);
  await comeOnline(executor);
  const [look] = ofType(received, timerSet);
  if (!look) throw new Error('nobody watches');
  rt.clock.move(STALE_MS - 5_000);
  await beatOf(executor);
  const beatAtMs = rt.clock.nowMs();
  rt.clock.move(12_000);
  const other = await testRuntime(aws, { clock: rt.clock });
  beforeNth(rt, { command: 'UpdateItemCommand', nth: 1 }, () => sweepDue(other, deskTimers));

  await fireDeskTimer(rt, timerSet.schema.parse(look.data));

  const seen = await findPresence(rt, executor.id);
  expect(seen?.due).toMatchObject({ lookAt: instant(beatAtMs + STALE_MS) });
});
