import { BatchWriteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { ManualClock } from './manual-clock.ts';
import { startAws } from './start-aws.ts';
import { type TestRuntime, testRuntime } from './test-runtime.ts';

/** DynamoDB's limit on one request. */
const BATCH = 25;

type Item = Record<string, unknown>;

async function* itemsOf({ dynamo }: TestRuntime, TableName: string): AsyncGenerator<Item[]> {
  let ExclusiveStartKey: Item | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await dynamo.send(
      new ScanCommand({ TableName, ConsistentRead: true, ...(ExclusiveStartKey && { ExclusiveStartKey }) }),
    );
    yield Items;
    ExclusiveStartKey = LastEvaluatedKey;
  } while (ExclusiveStartKey);
}

const put = async ({ dynamo }: TestRuntime, TableName: string, items: readonly Item[]): Promise<void> => {
  for (let start = 0; start < items.length; start += BATCH) {
    const requests = items.slice(start, start + BATCH).map((Item) => ({ PutRequest: { Item } }));
    await dynamo.send(new BatchWriteCommand({ RequestItems: { [TableName]: requests } }));
  }
};

/** An AWS of its own at the same moment, with all that the tables hold. Messages, files and delayed work stay behind. */
export const copyRuntime = async (from: TestRuntime): Promise<TestRuntime> => {
  const to = await testRuntime(await startAws(), { clock: new ManualClock(from.clock.nowMs()) });
  const tables = Object.keys(from.aws.env).filter((name) => name.startsWith('TABLE_'));
  for (const name of tables) {
    for await (const items of itemsOf(from, from.env[name] ?? '')) await put(to, to.env[name] ?? '', items);
  }
  return to;
};
