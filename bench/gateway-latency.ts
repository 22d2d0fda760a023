/** What the gateway adds to a DynamoDB request: the same GetItem and PutItem straight to dynoxide and through it. */
import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { startDynoxide } from '../localstack/dynoxide.ts';
import { forwardTo, openGateway } from '../localstack/gateway.ts';

const ROUNDS = 2000;
const key = { pk: { S: 'a' } };

const client = (endpoint: string) =>
  new DynamoDBClient({
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });

async function measure(
  dynamo: DynamoDBClient,
  make: () => GetItemCommand | PutItemCommand,
): Promise<number[]> {
  const tookMs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const begun = performance.now();
    await dynamo.send(make() as PutItemCommand);
    tookMs.push(performance.now() - begun);
  }
  return tookMs.sort((a, b) => a - b);
}

const at = (sorted: number[], share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2);

const store = await startDynoxide({});
const gateway = await openGateway(0);
const forward = forwardTo(store.port);
gateway.answerWith(forward.answer, forward.answer);
const clients = { straight: client(`http://127.0.0.1:${store.port}`), gateway: client(gateway.url) };
await clients.straight.send(
  new CreateTableCommand({
    TableName: 'latency',
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  }),
);
const put = () =>
  new PutItemCommand({ TableName: 'latency', Item: { ...key, text: { S: 'x'.repeat(500) } } });
const get = () => new GetItemCommand({ TableName: 'latency', Key: key });
const rows = [];
for (const [name, make] of [
  ['PutItem', put],
  ['GetItem', get],
] as const) {
  const straight = await measure(clients.straight, make);
  const through = await measure(clients.gateway, make);
  rows.push({
    request: name,
    'straight p50 ms': at(straight, 0.5),
    'gateway p50 ms': at(through, 0.5),
    'straight p99 ms': at(straight, 0.99),
    'gateway p99 ms': at(through, 0.99),
    'ratio p50': (Number(at(through, 0.5)) / Number(at(straight, 0.5))).toFixed(2),
  });
}
console.table(rows);
forward.stop();
await gateway.stop();
await store.stop();
