import { measureDesks } from '../../../lib/desk/insight/measure-desks.ts';
import { instant } from '../../../lib/platform/clock.ts';
import { startAws, type TestAws, testRuntime, tick } from '../../support/aws/index.ts';
import { addExecutor, addTicket } from '../../support/desk.ts';
import { measured } from '../../support/measured.ts';
import { newUser, openDesk } from '../../support/staff.ts';

const TICK = 'functions/desk/dispatch-tick.schedule';

/** A product of its own: figures are of all its desks. */
const world = async () => {
  const aws: TestAws = await startAws();
  return { aws, ...measured(await testRuntime(aws)) };
};
const values = (figures: Awaited<ReturnType<typeof world>>['figures']) =>
  Object.fromEntries(figures.map(({ name, value }) => [name, value]));

test('R-DESK-10 while nobody waits and nobody is online, a minute’s tick sends no figure', async () => {
  const { aws, rt, figures } = await world();
  await addExecutor(rt, { presence: 'offline' });
  await tick(rt, TICK);
  expect(figures).toEqual([]);
  await aws.stop();
});

test('R-DESK-10 the figures are of all desks: who waits, the longest wait, who is online', async () => {
  const { aws, rt, figures } = await world();
  const other = await openDesk(rt, newUser(rt, 'manager'), { maxTicketsPerExecutor: 2 });
  const at = (agoMs: number) => instant(rt.clock.nowMs() - agoMs);
  await addTicket(rt, { orderedAt: at(9_000), waitingSince: at(4_000) });
  await addTicket(rt, { deskId: other, line: 'urgent', orderedAt: at(90_000), waitingSince: at(90_000) });
  await addTicket(rt, { deskId: other, orderedAt: at(1_000), waitingSince: at(1_000) });
  await addExecutor(rt, { presence: 'online' });
  await addExecutor(rt, { presence: 'suspect' });
  await addExecutor(rt, { homeDeskId: other, presence: 'online' });
  await tick(rt, TICK);
  expect(values(figures)).toEqual({ TicketsWaiting: 3, OldestWaitSec: 90, ExecutorsOnline: 2 });
  await aws.stop();
});

test('R-DESK-10 an empty line is a figure while somebody is online', async () => {
  const { aws, rt, figures } = await world();
  await addExecutor(rt, { presence: 'online' });
  await measureDesks(rt);
  expect(values(figures)).toEqual({ TicketsWaiting: 0, OldestWaitSec: 0, ExecutorsOnline: 1 });
  await aws.stop();
});
