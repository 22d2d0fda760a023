import { dispatchDesk } from '../../../lib/desk/dispatch/dispatch-desk.ts';
import { describeWait } from '../../../lib/desk/waiting/position.ts';
import { instant, plusSeconds } from '../../../lib/platform/clock.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { addExecutor, addTicket, beat, freshDesk, setLimits, ticketNow } from '../../support/desk.ts';

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

const executor = (given: Parameters<typeof addExecutor>[1] = {}) =>
  addExecutor(rt, { homeDeskId: deskId, ...given });
const at = (offsetMs: number) => instant(rt.clock.nowMs() + offsetMs);

describe('position and estimate', () => {
  const positionOf = async (ticketId: string) => {
    const wait = await describeWait(rt, await ticketNow(rt, ticketId));
    return wait?.position;
  };

  test('R-DESK-10 position counts those served before: orphans, then the urgent line, then earlier ones of its own', async () => {
    const promoted = { line: 'urgent' as const, urgent: false, promoted: true };
    const order = [
      await addTicket(rt, { deskId, line: 'orphaned', urgent: true, orderedAt: at(-1) }),
      await addTicket(rt, { deskId, line: 'orphaned', urgent: false, orderedAt: at(0) }),
      await addTicket(rt, { deskId, ...promoted, orderedAt: at(-9000) }),
      await addTicket(rt, { deskId, line: 'urgent', orderedAt: at(-8000) }),
      await addTicket(rt, { deskId, ...promoted, orderedAt: at(-7000) }),
      await addTicket(rt, { deskId, orderedAt: at(-99_000) }),
      await addTicket(rt, { deskId, orderedAt: at(-98_000) }),
    ];

    const positions = await Promise.all(order.map(({ id }) => positionOf(id)));

    expect(positions).toEqual(order.map((_, index) => ({ count: index + 1, more: false })));
  });

  test('R-DESK-10 position is exact to 100, then 100 and more', async () => {
    const first = -200_000;
    const add = (count: number, from: number, given = {}) =>
      Promise.all(
        Array.from({ length: count }, (_, i) =>
          addTicket(rt, { deskId, orderedAt: at(first + from + i), ...given }),
        ),
      );
    await add(60, 0, { line: 'urgent' });
    const newLine = await add(43, 1000);

    const positions = await Promise.all(
      [38, 39, 40, 41].map((index) => positionOf(newLine[index]?.id ?? '')),
    );

    expect(positions).toEqual([
      { count: 99, more: false },
      { count: 100, more: false },
      { count: 100, more: true },
      { count: 100, more: true },
    ]);
  });

  test('R-DESK-10 position: no estimate with fewer than 20 intervals, a range of theirs from then on', async () => {
    await setLimits(rt, deskId, { maxTicketsPerExecutor: 200 });
    const holder = await executor();
    const assignOne = async () => {
      await addTicket(rt, { deskId });
      await beat(rt, holder.id);
      await dispatchDesk(rt, deskId);
      rt.clock.move(12_000);
    };
    for (let i = 0; i < 20; i += 1) await assignOne();
    const ticket = await addTicket(rt, { deskId });
    expect((await describeWait(rt, ticket))?.estimate).toBeNull();
    await beat(rt, holder.id);
    await dispatchDesk(rt, deskId);
    rt.clock.move(12_000);

    const waiting = await addTicket(rt, { deskId, orderedAt: plusSeconds(at(0), 1) });

    expect(await describeWait(rt, waiting)).toEqual({
      position: { count: 1, more: false },
      // Nobody had to wait so far: all that is known is that a ticket came every twelve seconds.
      estimate: { fromSec: 0, toSec: 36 },
    });
  });

  test('R-DESK-10 position: a ticket that does not wait has none', async () => {
    await executor();
    const ticket = await addTicket(rt, { deskId });
    await dispatchDesk(rt, deskId);
    expect(await describeWait(rt, await ticketNow(rt, ticket.id))).toBeNull();
  });
});
