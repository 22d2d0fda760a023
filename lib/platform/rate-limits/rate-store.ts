import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { type Environment, tableName } from '../config.ts';
import { type Counted, initialRates, RATE_KINDS, type Rates, WINDOW_MS } from './rates.ts';

/** Of the runtime, which holds the limiter and so cannot be named here. */
export interface RateStoreParts {
  readonly dynamo: DynamoDBDocumentClient;
  readonly env: Environment;
}

/** The settings and their version; 0 until somebody changes them. */
export interface StoredRates {
  readonly rates: Rates;
  readonly version: number;
}

const stored = z.object({
  rates: z.record(z.enum(RATE_KINDS), z.int().positive()),
  version: z.int().positive(),
});

export const RATES_KEY = { pk: 'RATE#SETTINGS', sk: 'CURRENT' };

/** Read consistently. */
export const findRates = async ({ dynamo, env }: RateStoreParts): Promise<StoredRates> => {
  const { Item } = await dynamo.send(
    new GetCommand({ TableName: tableName(env, 'platform'), Key: RATES_KEY, ConsistentRead: true }),
  );
  return Item ? stored.parse(Item) : { rates: initialRates, version: 0 };
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
