import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { AppError } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import type { ItemKey } from './items.ts';
import { CommitConflict, type FailedWrite, type Write } from './write.ts';

const ATTEMPTS = 8;
const BASE_DELAY_MS = 15;
const RETRIED_REASONS = new Set([
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
  'RequestLimitExceeded',
]);
const FINAL_ERRORS = new Set([
  'ValidationException',
  'ResourceNotFoundException',
  'AccessDeniedException',
  'IdempotentParameterMismatchException',
]);

type Outcome = { kind: 'retry'; cause: unknown } | { kind: 'fail'; error: unknown };

const placeOf = (write: Write | undefined): string => {
  const action = write?.Put ?? write?.Update ?? write?.Delete ?? write?.ConditionCheck;
  const { pk, sk } = (write?.Put?.Item ??
    (action && 'Key' in action ? action.Key : undefined) ??
    {}) as Partial<ItemKey>;
  return `${action?.TableName}/${pk}/${sk}`;
};

/** Reads every cancellation reason: a failed condition is an answer, conflict and throttling are retried. */
const classify = (error: unknown, writes: readonly Write[]): Outcome => {
  if (error instanceof TransactionCanceledException) {
    const reasons = error.CancellationReasons ?? [];
    const failed = reasons.flatMap((reason, index): FailedWrite[] =>
      reason.Code === 'ConditionalCheckFailed'
        ? [{ index, at: placeOf(writes[index]), ...(reason.Item && { item: unmarshall(reason.Item) }) }]
        : [],
    );
    if (failed.length > 0) return { kind: 'fail', error: new CommitConflict(failed) };
    if (reasons.some((reason) => RETRIED_REASONS.has(reason.Code ?? '')))
      return { kind: 'retry', cause: error };
    return { kind: 'fail', error };
  }
  // Anything without a verdict (time-out, reset, throttle) may or may not have been applied. The same token
  // makes asking again harmless: within ten minutes the store applies it once and answers success.
  const name = error instanceof Error ? error.name : '';
  return FINAL_ERRORS.has(name) ? { kind: 'fail', error } : { kind: 'retry', cause: error };
};

/**
 * Runs one transaction under a token of ours, so that a lost answer is requested again and not taken for a conflict.
 * Throws CommitConflict on a failed condition, AppError `unavailable` when the store stays away.
 * Source: DynamoDB API reference, TransactWriteItems, ClientRequestToken.
 */
export const transact = async (rt: Runtime, token: string, writes: readonly Write[]): Promise<void> => {
  const command = { TransactItems: [...writes], ClientRequestToken: token };
  let cause: unknown;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    try {
      await rt.dynamo.send(new TransactWriteCommand(command));
      return;
    } catch (error) {
      const outcome = classify(error, writes);
      if (outcome.kind === 'fail') throw outcome.error;
      cause = outcome.cause;
      await rt.clock.sleep(BASE_DELAY_MS * 2 ** attempt * (0.5 + rt.ids.random()));
    }
  }
  throw new AppError('unavailable', 'store-unavailable', 'the store did not take the change in time', {
    cause,
  });
};
