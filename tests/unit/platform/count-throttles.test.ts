import { DynamoDBClient, GetItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { createLog } from '../../../lib/platform/log.ts';
import { countThrottles } from '../../../lib/platform/storage/count-throttles.ts';

interface Answer {
  readonly status: number;
  readonly body: object;
}

/** A client whose store gives these answers, one after another, and what it counted. */
const storeThatAnswers = (answers: readonly Answer[]) => {
  const lines: Record<string, unknown>[] = [];
  const log = createLog(
    { STAGE: 'test', LOG_LEVEL: 'INFO' },
    { write: (line) => void lines.push(JSON.parse(line)), nowMs: () => 0 },
  );
  const left = [...answers];
  const client = new DynamoDBClient({
    region: 'eu-central-1',
    endpoint: 'http://127.0.0.1:9',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    retryStrategy: {
      mode: 'test',
      acquireInitialRetryToken: async () => ({ getRetryCount: () => 0, getRetryDelay: () => 0 }),
      refreshRetryTokenForRetry: async (token: object) => {
        if (left.length === 0) throw new Error('no more answers');
        return token as never;
      },
      recordSuccess: () => {},
    },
    requestHandler: {
      handle: async () => {
        const { status = 500, body = {} } = left.shift() ?? {};
        const headers = { 'content-type': 'application/x-amz-json-1.0' };
        const text = Buffer.from(JSON.stringify(body));
        return { response: { statusCode: status, headers, body: text } as never };
      },
    },
  });
  const counted = () => lines.filter((line) => 'StoreThrottled' in line).map(({ operation }) => operation);
  return { client: countThrottles(client, log), counted };
};

const get = new GetItemCommand({ TableName: 't', Key: { pk: { S: 'a' }, sk: { S: 'b' } } });
const throttled = {
  status: 400,
  body: {
    __type: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
    message: 'slow',
  },
};
const well = { status: 200, body: {} };

test('each attempt that the store holds back is counted, those included that the SDK repeats', async () => {
  const { client, counted } = storeThatAnswers([throttled, throttled, well]);
  await client.send(get);
  expect(counted()).toEqual(['GetItemCommand', 'GetItemCommand']);
});

test('what the store does is not counted, nor a refusal for another cause', async () => {
  const refused = { status: 400, body: { __type: 'com.amazon.coral#ValidationException', message: 'no' } };
  const { client, counted } = storeThatAnswers([well, refused]);
  await client.send(get);
  await expect(client.send(get)).rejects.toThrow();
  expect(counted()).toEqual([]);
});

test.each([
  ['ThrottlingError', 1],
  ['TransactionConflict', 0],
  ['ConditionalCheckFailed', 0],
])('a transaction with a part that ended as %s counts %s', async (code, times) => {
  const cancelled = {
    status: 400,
    body: {
      __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
      message: 'cancelled',
      CancellationReasons: [{ Code: 'None' }, { Code: code }],
    },
  };
  const { client, counted } = storeThatAnswers([cancelled]);
  await expect(client.send(new TransactWriteItemsCommand({ TransactItems: [] }))).rejects.toThrow();
  expect(counted()).toHaveLength(times);
});
