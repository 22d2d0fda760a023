import {
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';

/** What the SDK throws when the connection breaks or nobody answers: the request may or may not have been carried out. */
export const noAnswer = (): Error => Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });

const $metadata = {};

/** Too much at once, after the SDK's own retries. A transaction tells it as a reason of its cancellation. */
export const throttled = (operation: string): Error => {
  if (operation === 'TransactWriteItems') {
    return new TransactionCanceledException({
      message: 'Transaction cancelled',
      $metadata,
      CancellationReasons: [{ Code: 'ThrottlingError' }, { Code: 'None' }],
    });
  }
  return new ProvisionedThroughputExceededException({ message: 'slow down', $metadata });
};

/** What AWS answers to two transactions on one item at a time; no emulator does by itself. */
export const conflict = (operation: string): Error =>
  operation === 'TransactWriteItems'
    ? new TransactionCanceledException({
        message: 'Transaction cancelled',
        $metadata,
        CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }],
      })
    : new TransactionConflictException({ message: 'Transaction is ongoing for the item', $metadata });
