import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { S3Access } from '../../lib/platform/files/s3-requests.ts';
import type { Runtime } from '../../lib/platform/runtime.ts';

/** What happens to one request: nothing, an error instead of it, or an error after it was carried out. */
export type Fault =
  | { readonly kind: 'none' }
  | { readonly kind: 'instead'; readonly error: Error }
  | { readonly kind: 'after'; readonly error: Error };

export const noAnswer = (): Error => Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });

/** What AWS answers to two transactions on one item; no emulator does by itself. */
export const transactionConflict = (): Error =>
  new TransactionCanceledException({
    message: 'Transaction cancelled',
    $metadata: {},
    CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }],
  });

/** What AWS answers when the first write of a transaction finds another version: somebody else was first. */
export const lostRace = (): Error =>
  new TransactionCanceledException({
    message: 'Transaction cancelled',
    $metadata: {},
    CancellationReasons: [{ Code: 'ConditionalCheckFailed' }, { Code: 'None' }],
  });

type Client = Pick<Runtime['dynamo'], 'middlewareStack'> | Pick<Runtime['sqs'], 'middlewareStack'>;

/** Puts a fault between the product and AWS, per command name (`TransactWriteItemsCommand`, `SendMessageBatchCommand`). */
export const injectFaults = (client: Client, decide: (command: string) => Fault): void => {
  const stack = client.middlewareStack as Runtime['sqs']['middlewareStack'];
  stack.add(
    (next, context) => async (args) => {
      const fault = decide(String(context.commandName));
      if (fault.kind === 'instead') throw fault.error;
      const result = await next(args);
      if (fault.kind === 'after') throw fault.error;
      return result;
    },
    // Outside of the SDK's own retries: this is what the product sees.
    { step: 'initialize', priority: 'high', name: 'injectedFaults' },
  );
};

/** As `injectFaults`, between the product and its files; inside of its retries, so that `decide` sees each attempt. */
export const injectFileFaults = (
  http: { handle: S3Access['http']['handle'] },
  decide: (command: string) => Fault,
): void => {
  const { handle } = http;
  http.handle = async (...request) => {
    const fault = decide(request[0].method === 'PUT' ? 'PutObjectCommand' : 'GetObjectCommand');
    if (fault.kind === 'instead') throw fault.error;
    const result = await handle(...request);
    if (fault.kind === 'after') throw fault.error;
    return result;
  };
};

/** A fault for the first `times` requests of one command. */
export const first = (command: string, times: number, fault: Fault): ((name: string) => Fault) => {
  let left = times;
  return (name) => {
    if (name !== command || left === 0) return { kind: 'none' };
    left -= 1;
    return fault;
  };
};
