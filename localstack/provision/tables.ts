import {
  CreateTableCommand,
  type CreateTableInput,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import type { Physical } from '../cloudformation.ts';

type Properties = Record<string, unknown>;

/** Makes the table if it is missing and adds indexes which the template has gained since. */
export async function provisionTable(
  dynamo: DynamoDBClient,
  name: string,
  properties: Properties,
): Promise<Physical> {
  const input = tableInput(name, properties);
  const before = await describe(dynamo, name);
  const table = before ?? (await create(dynamo, input));
  if (before) await addMissingIndexes(dynamo, before, input);
  await keepTimeToLive(dynamo, name, properties);
  return { ref: name, attributes: { Arn: table.TableArn ?? '', StreamArn: table.LatestStreamArn ?? '' } };
}

/** Throughput, recovery and encryption have no meaning here; keys and indexes have. */
function tableInput(name: string, properties: Properties): CreateTableInput {
  const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, LocalSecondaryIndexes } = properties;
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema,
    AttributeDefinitions,
    ...(GlobalSecondaryIndexes ? { GlobalSecondaryIndexes } : {}),
    ...(LocalSecondaryIndexes ? { LocalSecondaryIndexes } : {}),
  } as CreateTableInput;
}

async function describe(dynamo: DynamoDBClient, name: string): Promise<TableDescription | undefined> {
  try {
    return (await dynamo.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function create(dynamo: DynamoDBClient, input: CreateTableInput): Promise<TableDescription> {
  const { TableDescription: table } = await dynamo.send(new CreateTableCommand(input));
  if (table?.TableStatus !== 'ACTIVE') {
    await waitUntilTableExists(
      { client: dynamo, maxWaitTime: 30, minDelay: 1 },
      { TableName: input.TableName },
    );
  }
  return table as TableDescription;
}

async function addMissingIndexes(dynamo: DynamoDBClient, before: TableDescription, input: CreateTableInput) {
  const keyOf = (schema: unknown) => JSON.stringify(schema);
  if (keyOf(before.KeySchema) !== keyOf(input.KeySchema)) {
    throw new Error(
      `table ${input.TableName} has other keys than the template; remove the local data to begin anew`,
    );
  }
  const existing = new Set((before.GlobalSecondaryIndexes ?? []).map((index) => index.IndexName));
  for (const index of input.GlobalSecondaryIndexes ?? []) {
    if (existing.has(index.IndexName)) continue;
    await dynamo.send(
      new UpdateTableCommand({
        TableName: input.TableName,
        AttributeDefinitions: input.AttributeDefinitions,
        GlobalSecondaryIndexUpdates: [{ Create: index }],
      }),
    );
  }
}

async function keepTimeToLive(dynamo: DynamoDBClient, name: string, properties: Properties): Promise<void> {
  const wanted = properties.TimeToLiveSpecification as
    | { AttributeName: string; Enabled: boolean }
    | undefined;
  if (!wanted) return;
  const { TimeToLiveDescription: now } = await dynamo.send(
    new DescribeTimeToLiveCommand({ TableName: name }),
  );
  // Setting what is set already is an error on AWS and on the stand-ins.
  if (now?.TimeToLiveStatus === 'ENABLED' || now?.TimeToLiveStatus === 'ENABLING') return;
  await dynamo.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification: wanted }));
}
