import { type DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { Log } from '../log.ts';
import { count } from '../metrics.ts';

/** Of requests, and of parts of a transaction. */
const THROTTLED = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);

const isThrottled = (error: unknown): boolean => {
  if (error instanceof TransactionCanceledException)
    return (error.CancellationReasons ?? []).some(({ Code }) => THROTTLED.has(Code ?? ''));
  return error instanceof Error && THROTTLED.has(error.name);
};

/**
 * The client, which from now on counts each attempt that the store holds back, those included that the SDK repeats by itself.
 * DynamoDB's own figures are by table, index and operation, and AWS bills an alarm by the figures it reads.
 */
export const countThrottles = (client: DynamoDBClient, log: Log): DynamoDBClient => {
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (request) => {
        try {
          return await next(request);
        } catch (error) {
          if (isThrottled(error)) count({ log }, 'StoreThrottled', { operation: commandName });
          throw error;
        }
      },
    // Within the SDK's own repetition, so that every attempt is seen.
    { step: 'finalizeRequest', priority: 'low', name: 'countThrottles' },
  );
  return client;
};
