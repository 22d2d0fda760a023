import type { SQSClient } from '@aws-sdk/client-sqs';

/** These put nothing into a queue and bring nothing back. */
const STILL = new Set([
  'ReceiveMessageCommand',
  'DeleteMessageCommand',
  'DeleteMessageBatchCommand',
  'GetQueueAttributesCommand',
]);

/**
 * The addresses of queues that may hold messages: something was done to them since they were last found empty. A test asks
 * these alone, as asking every queue of the product again and again is most of what it would ask of AWS.
 */
export type StirredQueues = Set<string>;

/** Notes whatever a client does to a queue, whether it succeeds or not: what was refused may have been done. */
export function noteStirred(sqs: SQSClient, stirred: StirredQueues): void {
  sqs.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const { QueueUrl } = args.input as { QueueUrl?: string };
        if (!QueueUrl || STILL.has(commandName)) return next(args);
        try {
          return await next(args);
        } finally {
          stirred.add(QueueUrl);
        }
      },
    { step: 'serialize', name: 'noteStirred' },
  );
}
