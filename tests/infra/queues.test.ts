import {
  alarmOn,
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

  test('gives up after five receives, to the dead-letter queue of its module', () => {
    expect(queue.RedrivePolicy.maxReceiveCount).toBe(5);
    const [mapping] = mappingOf(id);
    const [module] = functions.find((each) => each.id === named(mapping.FunctionName))?.name.split('-') ?? [];
    expect(deadLetters().QueueName.replace('.fifo', '')).toBe(`dev-rotadesk-${module}-dlq`);
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

test('an alarm for the age of messages is where somebody waits for them, and nowhere else', () => {
  const aged = sources.flatMap(([id]) => {
    const alarm = alarmOn('ApproximateAgeOfOldestMessage', id);
    return alarm ? [[id, alarm.Threshold]] : [];
  });
  expect(aged).toEqual([
    ['InboundMessagesQueue', 60],
    ['TicketsOrphanedQueue', 60],
    ['TicketsUrgentQueue', 60],
    ['TicketsNewQueue', 120],
    ['SmsRequestsOtpQueue', 60],
    ['SmsOtpQueue', 60],
    ['SmsTransactionalQueue', 1200],
  ]);
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
