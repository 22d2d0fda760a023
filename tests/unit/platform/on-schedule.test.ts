import { withRuntime } from '../../../lib/platform/open-runtime.ts';
import { onSchedule } from '../../../lib/platform/schedule/on-schedule.ts';
import { offlineRuntime } from '../../support/platform/offline-runtime.ts';
import { lambdaContext } from '../../support/platform/request.ts';

const fire = async (event: unknown, run?: () => Promise<void>) => {
  const rt = await offlineRuntime();
  const times: string[] = [];
  const handler = onSchedule(async ({ time }) => {
    times.push(time);
    await run?.();
  });
  const done = withRuntime(rt, () => handler(event, lambdaContext()));
  return { rt, times, done };
};

describe('a schedule', () => {
  test.each([
    ['2026-11-23T09:00:00Z', '2026-11-23T09:00:00.000Z'],
    ['2026-11-23T12:00:00+03:00', '2026-11-23T09:00:00.000Z'],
  ])('takes its time from the event, not from the clock: %s', async (time, expected) => {
    const { times, done } = await fire({ time });
    await done;
    expect(times).toEqual([expected]);
  });

  test.each([{}, { time: 'yesterday' }, { time: 0 }, null])(
    'refuses an event without a time: %j',
    async (event) => {
      const { times, done } = await fire(event);
      await expect(done).rejects.toThrow();
      expect(times).toEqual([]);
    },
  );

  test('that fails is logged and fails its invocation, so that AWS runs it again', async () => {
    const { rt, done } = await fire({ time: '2026-11-23T09:00:00Z' }, () =>
      Promise.reject(new Error('broken')),
    );
    await expect(done).rejects.toThrow('broken');
    expect(rt.lines).toMatchObject([{ level: 'ERROR', error: { message: 'broken' } }]);
  });
});
