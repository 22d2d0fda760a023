import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { silentSec } from '../../infra/alarms.ts';
import { FAILURE_MARKS } from '../../infra/failures.ts';
import { moduleNames } from '../../infra/modules.ts';
import { deadLetterId } from '../../infra/names.ts';
import { alarmOn, alarms, functions, type Json, named, ofType, the } from './support/packaged.ts';

const operations = readFileSync(join(import.meta.dirname, '../../docs/operations.md'), 'utf8');

test('every alarm tells the topic', () => {
  expect(alarms.length).toBeGreaterThan(10);
  for (const alarm of alarms) expect(alarm.AlarmActions.map(named)).toEqual(['AlarmTopic']);
});

test('an alarm looks at one metric, because AWS bills every one of them', () => {
  for (const alarm of alarms) expect(alarm).not.toHaveProperty('Metrics');
});

test('silence is well, except of what happens by itself', () => {
  const silent = alarms.filter(({ TreatMissingData }) => TreatMissingData === 'breaching');
  expect(silent.map(({ Namespace }) => Namespace)).toEqual(silent.map(() => 'AWS/Events'));
  for (const alarm of alarms) expect(['breaching', 'notBreaching']).toContain(alarm.TreatMissingData);
});

/** Dead letters of every module have one paragraph together. */
const deadLetterAlarms = moduleNames().flatMap((module) =>
  [false, true].map((isFifo) => `${deadLetterId(module, isFifo)}DepthAlarm`),
);

test.each(ofType('AWS::CloudWatch::Alarm').map(([id]) => id))(
  '%s has its paragraph in docs/operations.md',
  (id) => {
    const named = deadLetterAlarms.includes(id) ? '<Module>DeadLetterQueueDepthAlarm' : id;
    const [row = ''] = operations
      .split('\n')
      .filter((line) => line.startsWith('|') && line.includes(`\`${named}\``));
    const [, , means = '', what = ''] = row.split('|');
    expect([id, means.trim().length > 20, what.trim().length > 3]).toEqual([id, true, true]);
  },
);

test('no paragraph of docs/operations.md is about an alarm that is no more', () => {
  const told = [...operations.matchAll(/`([A-Za-z]+Alarm)`/g)].map(([, id = '']) => id);
  expect(told.filter((id) => !ofType('AWS::CloudWatch::Alarm').some(([known]) => known === id))).toEqual([]);
});

test('an answer of 5xx raises an alarm, because Lambda does not count it as an error', () => {
  expect(alarmOn('5xx', 'HttpApi')).toMatchObject({ Namespace: 'AWS/ApiGateway', Threshold: 1 });
});

describe('a function that fails', () => {
  const filters: Json[] = ofType('AWS::Logs::MetricFilter').map(([, { Properties }]) => Properties);

  test.each(functions)('$name counts into the one metric that has an alarm', ({ id }) => {
    const [filter, ...more] = filters.filter(
      ({ LogGroupName }) => named(LogGroupName) === id.replace('LambdaFunction', 'LogGroup'),
    );
    expect(more).toEqual([]);
    expect(named(filter.LogGroupName) && the(named(filter.LogGroupName) ?? '').Type).toBe(
      'AWS::Logs::LogGroup',
    );
    const [{ MetricNamespace, MetricName }] = filter.MetricTransformations;
    expect(the('FunctionFailuresAlarm').Properties).toMatchObject({
      Namespace: MetricNamespace,
      MetricName,
      Dimensions: [],
      Threshold: 1,
    });
  });

  test('of one stage does not ring for another', () => {
    expect(the('FunctionFailuresAlarm').Properties.Namespace).toContain('dev');
  });

  /** As CloudWatch reads a pattern of `?"…"` terms: any of them, with upper and lower case. */
  const isCounted = (line: string): boolean => {
    const terms = [...filters[0].FilterPattern.matchAll(/\?"([^"]+)"/g)].map(([, term]) => term);
    expect(terms).toEqual(FAILURE_MARKS);
    return terms.some((term) => line.includes(term));
  };

  test.each([
    ['2026-11-29T01:00:00.000Z\tabc\tERROR\tInvoke Error \t{"errorType":"Error","errorMessage":"no"}'],
    ['2026-11-29T01:00:00.000Z\tabc\tERROR\tUncaught Exception \t{"errorType":"Error"}'],
    ['2026-11-29T01:00:00.000Z\tabc\tERROR\tUnhandled Promise Rejection \t{"errorType":"Runtime.Unhandled"}'],
    ['2026-11-29T01:00:10.000Z abc Task timed out after 10.01 seconds'],
    ['REPORT RequestId: abc\tDuration: 10000.00 ms\tBilled Duration: 10000 ms\tStatus: timeout'],
    ['REPORT RequestId: abc\tDuration: 12.00 ms\tStatus: error\tError Type: Runtime.OutOfMemory'],
    ['INIT_REPORT Init Duration: 12.00 ms\tPhase: init\tStatus: error\tError Type: Runtime.ExitError'],
  ])('is seen in its log: %s', (line) => expect(isCounted(line)).toBe(true));

  test.each([
    [
      'REPORT RequestId: abc\tDuration: 12.00 ms\tBilled Duration: 13 ms\tMemory Size: 512 MB\tMax Memory Used: 90 MB',
    ],
    ['{"level":"ERROR","time":"…","message":"record failed","error":{"name":"AppError"}}'],
    ['START RequestId: abc Version: $LATEST'],
  ])('is not taken for one that does well: %s', (line) => expect(isCounted(line)).toBe(false));
});

test('functions held back for want of concurrency raise an alarm', () => {
  expect(the('FunctionThrottlesAlarm').Properties).toMatchObject({
    Namespace: 'AWS/Lambda',
    MetricName: 'Throttles',
    Dimensions: [],
    Threshold: 1,
  });
});

describe('a schedule', () => {
  const rules = ofType('AWS::Events::Rule').filter(([, { Properties }]) => Properties.ScheduleExpression);

  test.each(rules)('%s raises an alarm when it is silent, or another metric does', (id, { Properties }) => {
    const periodSec = silentSec(Properties.ScheduleExpression);
    if (periodSec === undefined) {
      const [functionId] = Properties.Targets.map(({ Arn }: Json) => named(Arn));
      expect(functionId).toBe('IdentityDashrotateDashkeysLambdaFunction');
      expect(alarms.map(({ MetricName }) => MetricName)).toContain('SigningKeyOverdue');
      return;
    }
    expect(alarmOn('Invocations', id)).toMatchObject({
      Period: periodSec,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
  });

  test.each([
    ['rate(1 minute)', 600],
    ['rate(5 minutes)', 1500],
    ['rate(1 hour)', 18_000],
    ['rate(1 day)', undefined],
    ['cron(0 3 1 * ? *)', undefined],
  ])('of %s may be silent for %s s', (expression, sec) => expect(silentSec(expression)).toBe(sec));

  test('of no known form is refused', () => {
    expect(() => silentSec('rate(1 fortnight)')).toThrow('is no rate');
  });
});
