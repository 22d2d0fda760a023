import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Environment, tableName } from '../config.ts';
import type { Log } from '../log.ts';
import type { Counted } from '../rate-limiter.ts';
import { type Rates, rateSettings, WINDOW_MS } from './rates.ts';

/** Of the runtime, which holds the limiter and so cannot be named here. */
export interface RateStoreParts {
  readonly dynamo: DynamoDBDocumentClient;
  readonly env: Environment;
  readonly log: Log;
}

/** Read consistently. */
export const findRates = async ({ dynamo, env, log }: RateStoreParts): Promise<Rates> => {
  const Key = { ...rateSettings.key() };
  const { Item } = await dynamo.send(
    new GetCommand({ TableName: tableName(env, 'platform'), Key, ConsistentRead: true }),
  );
  return rateSettings.toGlobal(Item, log).values;
};

/** A counter is rubbish as soon as its window has ended; clocks of two machines differ by less than this. */
const KEEP_SEC = 600;

/** Adds to what all processes have counted in this window, and answers the sum. */
export const addToCount = async (
  { dynamo, env }: RateStoreParts,
  { kind, who }: Counted,
  { window, by }: { window: number; by: number },
): Promise<number> => {
  const { Attributes } = await dynamo.send(
    new UpdateCommand({
      TableName: tableName(env, 'platform'),
      Key: { pk: `RATE#${kind}#${who}`, sk: `WINDOW#${window}` },
      UpdateExpression: 'ADD requests :by SET expiresAtSec = :end',
      ExpressionAttributeValues: { ':by': by, ':end': Math.ceil((window * WINDOW_MS) / 1000) + KEEP_SEC },
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  return Number(Attributes?.requests ?? by);
};
