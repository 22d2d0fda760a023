import { croner, runSchedule, scheduleEvent } from '../../../localstack/plugin/schedule.ts';
import { type ScheduleTrigger, scheduleTriggers } from '../../../localstack/triggers.ts';

const trigger = (given: Partial<ScheduleTrigger>): ScheduleTrigger => ({
  id: 'Tick',
  functionId: 'TickFunction',
  expression: 'rate(1 minute)',
  timeZone: 'UTC',
  source: 'aws.events',
  region: 'eu-central-1',
  ...given,
});

describe('firing', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: Date.UTC(2026, 10, 23, 8, 0, 20, 500) });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const timesOf = (given: Partial<ScheduleTrigger>, forMs: number) => {
    const times: string[] = [];
    const running = runSchedule(trigger(given), (event) => times.push((event as { time: string }).time));
    jest.advanceTimersByTime(forMs);
    running.stop();
    jest.advanceTimersByTime(forMs);
    return times;
  };

  test('a rate fires at full periods, with the time it was due, until it is stopped', () => {
    expect(timesOf({}, 125_000)).toEqual(['2026-11-23T08:01:00Z', '2026-11-23T08:02:00Z']);
  });

  test('a rate of several minutes', () => {
    expect(timesOf({ expression: 'rate(5 minutes)' }, 600_000)).toEqual([
      '2026-11-23T08:05:00Z',
      '2026-11-23T08:10:00Z',
    ]);
  });

  test('a cron expression fires in its time zone', () => {
    // 10:00 in Berlin is 9:00 UTC in November; the 23rd is a Monday.
    const given = { expression: 'cron(0 10 ? * MON *)', timeZone: 'Europe/Berlin' };
    expect(timesOf(given, 2 * 3_600_000)).toEqual(['2026-11-23T09:00:00Z']);
  });

  test.each(['every minute', 'rate(0 minutes)', 'rate(5 fortnights)', 'cron(* * *)'])(
    '%s is no schedule',
    (expression) => {
      expect(() => runSchedule(trigger({ expression }), () => {})).toThrow(/^not a/);
    },
  );
});

test.each([
  ['0 8 ? * 2-6 *', '0 0 8 * * 1-5 *'],
  ['0 8 ? * SUN *', '0 0 8 * * SUN *'],
  ['0/15 * * * ? 2027', '0 0/15 * * * * 2027'],
  ['0 9 ? * 6#3 *', '0 0 9 * * 5#3 *'],
])('AWS writes %s where croner writes %s', (aws, expected) => {
  expect(croner(aws)).toBe(expected);
});

describe('the event', () => {
  const at = new Date('2026-11-23T08:01:00.000Z');

  test('is that of EventBridge', () => {
    expect(scheduleEvent(trigger({}), at)).toMatchObject({
      source: 'aws.events',
      'detail-type': 'Scheduled Event',
      time: '2026-11-23T08:01:00Z',
      region: 'eu-central-1',
      detail: {},
    });
  });

  test('is the input alone where one is given, with the time put in', () => {
    const input = '{"kind":"weekly","time":"<aws.scheduler.scheduled-time>"}';
    expect(scheduleEvent(trigger({ input }), at)).toEqual({ kind: 'weekly', time: '2026-11-23T08:01:00Z' });
  });
});

test('schedules are found in the template, disabled ones are not', () => {
  const target = { Arn: { 'Fn::GetAtt': ['TickFunction', 'Arn'] }, Id: 'x' };
  const triggers = scheduleTriggers(
    {
      Resources: {
        Rule: {
          Type: 'AWS::Events::Rule',
          Properties: { ScheduleExpression: 'rate(1 minute)', Targets: [target] },
        },
        Off: {
          Type: 'AWS::Events::Rule',
          Properties: { ScheduleExpression: 'rate(1 minute)', State: 'DISABLED', Targets: [target] },
        },
        Weekly: {
          Type: 'AWS::Scheduler::Schedule',
          Properties: {
            ScheduleExpression: 'cron(0 8 ? * MON *)',
            ScheduleExpressionTimezone: 'Europe/Berlin',
            Target: { ...target, Input: '{}' },
          },
        },
      },
    },
    'eu-central-1',
  );
  expect(triggers).toMatchObject([
    { id: 'Rule', functionId: 'TickFunction', timeZone: 'UTC', source: 'aws.events' },
    { id: 'Weekly', timeZone: 'Europe/Berlin', input: '{}', source: 'aws.scheduler' },
  ]);
});
