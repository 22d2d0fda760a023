import { ConditionalCheckFailedException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Runtime } from '../runtime.ts';

const CONFLICT_TRIES = 6;

/** One conditional update; false when the condition does not hold. A transaction on the item in flight is waited for. */
export const updateIf = async (rt: Runtime, update: UpdateCommandInput): Promise<boolean> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await rt.dynamo.send(new UpdateCommand(update));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      if (!(error instanceof TransactionConflictException) || attempt === CONFLICT_TRIES) throw error;
      await rt.clock.sleep(5 * 2 ** attempt * (0.5 + rt.ids.random()));
    }
  }
};
