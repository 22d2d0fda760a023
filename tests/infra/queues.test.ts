import {
  alarmOn,
  alarms,
  deadLetterIds,
  functions,
  type Json,
  mayOn,
  named,
  ofType,
  queues,
  the,
} from './support/packaged.ts';

const DAY_SEC = 86_400;
const terminal = new Set(['RejectedQueue']);
const sources = queues.filter(([id]) => !deadLetterIds.has(id));
const consumed = sources.filter(([id]) => !terminal.has(id));
const mappings: Json[] = ofType('AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties);
const mappingOf = (queueId: string): Json =>
  mappings.filter((each) => named(each.EventSourceArn) === queueId);

test('there are queues to look at', () => {
  expect(consumed.length).toBeGreaterThanOrEqual(10);
});

describe.each(consumed)('%s', (id, { Properties: queue }) => {
  const deadLetters = () =>
    the(named(queue.RedrivePolicy.deadLetterTargetArn) ?? 'its dead-letter queue').Properties;

  test('gives up after five receives, to a dead-letter queue of its own', () => {
    expect(queue.RedrivePolicy.maxReceiveCount).toBe(5);
    const others = consumed.filter(
      ([other, each]) =>
        other !== id &&
        named(each.Properties.RedrivePolicy?.deadLetterTargetArn) ===
          named(queue.RedrivePolicy.deadLetterTargetArn),
    );
    expect(others).toEqual([]);
  });

  test('has dead letters of its own kind, kept longer than its messages', () => {
    expect(deadLetters().FifoQueue).toBe(queue.FifoQueue);
    expect(deadLetters().MessageRetentionPeriod).toBe(14 * DAY_SEC);
    expect(queue.MessageRetentionPeriod).toBeLessThan(14 * DAY_SEC);
  });

  test('hides a message for six timeouts of its function or longer', () => {
    const [mapping] = mappingOf(id);
    const timeoutSec = the(named(mapping.FunctionName) ?? '').Properties.Timeout;
    expect(queue.VisibilityTimeout).toBeGreaterThanOrEqual(6 * timeoutSec);
  });

  test('is worked off by one function, which reports failures one by one and may receive', () => {
    const found = mappingOf(id);
    expect(found).toHaveLength(1);
    const [mapping] = found;
    expect(mapping).toMatchObject({ Enabled: true, FunctionResponseTypes: ['ReportBatchItemFailures'] });
    expect(mapping.BatchSize).toBeLessThanOrEqual(10);
    const worker = functions.find((each) => each.id === named(mapping.FunctionName));
    for (const action of ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']) {
      expect(mayOn(worker?.role ?? '', action, id)).toBe(true);
    }
  });

  test('raises an alarm when one message waits in its dead-letter queue', () => {
    const alarm = alarmOn(
      'ApproximateNumberOfMessagesVisible',
      named(queue.RedrivePolicy.deadLetterTargetArn) ?? '',
    );
    expect(alarm).toMatchObject({ Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold' });
  });
});

test.each(sources)('%s raises an alarm when its oldest message is too old', (id) => {
  const alarm = alarmOn('ApproximateAgeOfOldestMessage', id);
  expect(alarm).toMatchObject({ Namespace: 'AWS/SQS', Statistic: 'Maximum' });
  expect(alarm.Threshold).toBeGreaterThan(0);
  expect(alarm.Threshold).toBeLessThanOrEqual(DAY_SEC);
});

test('what was refused waits for a person as long as SQS lets it, under an alarm', () => {
  expect(the('RejectedQueue').Properties.MessageRetentionPeriod).toBe(14 * DAY_SEC);
  expect(alarmOn('ApproximateNumberOfMessagesVisible', 'RejectedQueue')).toMatchObject({ Threshold: 1 });
});

test.each(queues)('%s is encrypted', (_, { Properties }) => {
  expect(Properties.SqsManagedSseEnabled).toBe(true);
});

test('only standard queues are meant for delayed messages', () => {
  expect(the('TimersQueue').Properties.FifoQueue).toBeUndefined();
  for (const id of ['TicketsOrphanedQueue', 'TicketsUrgentQueue', 'TicketsNewQueue', 'ExecutorEventsQueue']) {
    expect(the(id).Properties.FifoQueue).toBeUndefined();
  }
});

test.each(functions)('$name raises an alarm when it fails', ({ id }) => {
  expect(alarmOn('Errors', id)).toMatchObject({ Namespace: 'AWS/Lambda', Statistic: 'Sum', Threshold: 1 });
});

test('an answer of 5xx raises an alarm, because Lambda does not count it as an error', () => {
  expect(alarmOn('5xx', 'HttpApi')).toMatchObject({ Namespace: 'AWS/ApiGateway', Threshold: 1 });
});

test('every alarm tells the topic, and silence is no alarm', () => {
  expect(alarms.length).toBeGreaterThan(0);
  for (const alarm of alarms) {
    expect(alarm.AlarmActions.map(named)).toEqual(['AlarmTopic']);
    expect(alarm.TreatMissingData).toBe('notBreaching');
  }
});
