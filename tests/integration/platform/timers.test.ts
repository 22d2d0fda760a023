import * as z from 'zod';
import { timerSet } from '../../../lib/desk/internal-events.ts';
import { instant } from '../../../lib/platform/clock.ts';
import { defineEvent } from '../../../lib/platform/events/define-event.ts';
import type { DomainEvent } from '../../../lib/platform/events/event.ts';
import { commit } from '../../../lib/platform/storage/commit.ts';
import { itemsOf } from '../../../lib/platform/storage/items.ts';
import { updateIf } from '../../../lib/platform/storage/update-if.ts';
import { defineTimers } from '../../../lib/platform/timers/define-timers.ts';
import { withoutDue } from '../../../lib/platform/timers/due-item.ts';
import { dueMessage } from '../../../lib/platform/timers/due-message.ts';
import { fireTimer } from '../../../lib/platform/timers/fire-timer.ts';
import { sweepDue } from '../../../lib/platform/timers/sweep-due.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { first, injectFaults, noAnswer } from '../../support/faults.ts';
import { beforeNth } from '../../support/meanwhile.ts';
import { listenToEvents, ofType } from '../../support/staff.ts';

const jobTimer = () => z.strictObject({ kind: z.literal('noShow'), jobId: z.string(), version: z.int() });
/** Under a name that has a route. */
const jobTimerDue = defineEvent(timerSet.name, () => dueMessage(jobTimer()));
const MINUTE_MS = 60_000;

const timers = defineTimers({
  table: 'desk',
  shards: 2,
  schema: jobTimer,
  event: () => jobTimerDue,
});
const items = itemsOf('desk');

let aws: TestAws;
let rt: TestRuntime;
let received: DomainEvent[];
let jobId: string;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  rt = await testRuntime(aws);
  received = listenToEvents(rt);
  jobId = rt.ids.next('job');
});

const keyOf = (id: string) => ({ pk: `JOB#${id}`, sk: 'JOB' });
const inMs = (ms: number): string => instant(rt.clock.nowMs() + ms);

/** A job with a deadline so long from now, in one commit. */
const setIn = async (ms: number, how: { byMessage?: boolean } = {}): Promise<string> => {
  const dueAt = inMs(ms);
  const { due, events } = timers.set(rt, { kind: 'noShow', jobId, version: 1 }, dueAt, how);
  await commit(rt, { writes: [items.put(rt, { ...keyOf(jobId), title: 'Boiler', ...due })], events });
  return dueAt;
};
const sent = () => ofType(received, jobTimerDue).filter(({ data }) => JSON.stringify(data).includes(jobId));
const pending = async () => {
  const item = await items.find(rt, keyOf(jobId));
  return item && timers.pending(item);
};

describe('deadlines', () => {
  test('R-DESK-08 a near one travels as a message, and a sweep leaves it alone until it is late', async () => {
    const dueAt = await setIn(10 * MINUTE_MS);
    expect(sent()).toMatchObject([{ deliverAt: dueAt, data: { timer: { jobId }, dueAt } }]);
    rt.clock.move(10 * MINUTE_MS + 4_000);
    await sweepDue(rt, timers);
    expect(sent()).toHaveLength(1);
    rt.clock.move(2_000);
    expect(await sweepDue(rt, timers)).toMatchObject({ late: 1, cut: false });
    expect(sent()).toHaveLength(2);
  });

  test('R-DESK-08 a near one whose message was lost with its process is sent by the sweep when it is late', async () => {
    injectFaults(rt.sqs, first('SendMessageBatchCommand', 1, { kind: 'instead', error: noAnswer() }));
    const dueAt = await setIn(2 * MINUTE_MS);
    // Received as it was sent, and never in the queue.
    received.splice(0);
    rt.clock.move(2 * MINUTE_MS + 6_000);
    await sweepDue(rt, timers);
    expect(sent()).toMatchObject([{ data: { timer: { jobId }, dueAt } }]);
  });

  test.each([
    ['too far for a message', 15 * MINUTE_MS, {}],
    ['meant for the sweep', 3 * MINUTE_MS, { byMessage: false }],
  ])('R-DESK-08 one %s is sent by the sweep of its minute, to the second', async (_, ms, how) => {
    const dueAt = await setIn(ms, how);
    rt.clock.move(ms - 71_000);
    await sweepDue(rt, timers);
    expect(sent()).toEqual([]);
    rt.clock.move(2_000);
    await sweepDue(rt, timers);
    expect(sent()).toMatchObject([{ deliverAt: dueAt }]);
  });

  test('R-DESK-08 what a sweep has sent is sent again after five minutes and not before, under its own instant', async () => {
    const dueAt = await setIn(MINUTE_MS, { byMessage: false });
    for (let minute = 0; minute < 5; minute += 1) {
      await sweepDue(rt, timers);
      expect(sent()).toHaveLength(1);
      rt.clock.move(MINUTE_MS - 5_000);
    }
    rt.clock.move(MINUTE_MS);
    await sweepDue(rt, timers);
    expect(sent().map(({ data }) => data.dueAt)).toEqual([dueAt, dueAt]);
    expect(await pending()).toMatchObject({ deadline: dueAt });
  });

  test('R-DESK-08 one set anew while a sweep sends the old one stands where it was set', async () => {
    await setIn(MINUTE_MS, { byMessage: false });
    let later = '';
    beforeNth(rt, { command: 'UpdateItemCommand', nth: 1 }, async () => {
      const seen = await pending();
      later = inMs(20 * MINUTE_MS);
      const { due } = timers.set(rt, { kind: 'noShow', jobId, version: 2 }, later);
      await commit(rt, { writes: [{ Update: timers.move(rt, seen!, { due }) }] });
    });
    await sweepDue(rt, timers);
    expect(await pending()).toMatchObject({ deadline: later, lookAt: later, timer: { version: 2 } });
  });

  test('R-DESK-08 two that move the same deadline do not both move it, and moving asks for what else must be so', async () => {
    await setIn(MINUTE_MS);
    const seen = (await pending())!;
    const move = (minutes: number, where = {}) => {
      const { due } = timers.set(rt, seen.timer, inMs(minutes * MINUTE_MS));
      return updateIf(rt, timers.move(rt, seen, { due, where }));
    };
    expect(await move(2, { title: 'Roof' })).toBe(false);
    expect(await move(2, { title: 'Boiler' })).toBe(true);
    expect(await move(3)).toBe(false);
  });

  test('R-DESK-08 an ended one leaves nothing on its item, and no item is made by ending it', async () => {
    await setIn(MINUTE_MS);
    expect(withoutDue((await items.find(rt, keyOf(jobId)))!)).toEqual({ ...keyOf(jobId), title: 'Boiler' });
    expect(await updateIf(rt, timers.update(rt, keyOf(jobId), { due: undefined }))).toBe(true);
    expect(await items.find(rt, keyOf(jobId))).toEqual({ ...keyOf(jobId), title: 'Boiler' });
    expect(await updateIf(rt, timers.update(rt, keyOf('job_none'), { due: undefined }))).toBe(false);
    expect(await items.find(rt, keyOf('job_none'))).toBeUndefined();
  });

  test('R-DESK-08 one that cannot be read is logged and holds up none beside it', async () => {
    const { due } = timers.set(rt, { kind: 'noShow', jobId, version: 1 }, inMs(-MINUTE_MS));
    await commit(rt, {
      writes: [
        items.put(rt, { ...keyOf(`${jobId}-odd`), ...due, timer: { kind: 'unknown-kind', jobId } }),
        items.put(rt, { ...keyOf(jobId), ...due }),
      ],
    });
    await sweepDue(rt, timers);
    expect(sent().map(({ data }) => (data.timer as { kind: string }).kind)).toEqual(['noShow']);
    expect(await pending()).toMatchObject({ deadline: due.dueAt });
  });
});

describe('acting on a deadline', () => {
  const fire = async (inMsFromNow: number): Promise<number[]> => {
    const firedAtMs: number[] = [];
    const message = { timer: { kind: 'noShow', jobId, version: 1 } as const, dueAt: inMs(inMsFromNow) };
    await fireTimer(rt, timers, message, {
      noShow: async () => void firedAtMs.push(rt.clock.nowMs()),
    });
    return firedAtMs;
  };

  test('R-DESK-08 a message that comes early is sent again with the rest, and one a moment early waits', async () => {
    expect(await fire(1_000)).toEqual([]);
    expect(sent()).toMatchObject([{ deliverAt: inMs(1_000) }]);
    const due = rt.clock.nowMs() + 200;
    expect(await fire(200)).toEqual([due]);
    expect(sent()).toHaveLength(1);
  });

  test('R-DESK-08 a late message acts at once', async () => {
    expect(await fire(-MINUTE_MS)).toEqual([rt.clock.nowMs()]);
  });
});
