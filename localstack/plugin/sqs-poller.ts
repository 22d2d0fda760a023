/**
 * Calls a function for the messages of a queue, as Lambda's event source mapping does: long polling, batches,
 * partial failures. What is not deleted comes back by the queue's own visibility timeout and redrive policy.
 * A FIFO queue gives out no second batch of a group while one is in flight, so nothing here needs to know of groups.
 */
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { doneMessages, type Source, sqsEvent } from './sqs-event.ts';

export interface PollerOptions {
  readonly queueUrl: string;
  readonly source: Source;
  /** 1..10: what one receive can bring. */
  readonly batchSize: number;
  readonly reportsFailures: boolean;
  /** Batches in flight at once. */
  readonly concurrency: number;
  readonly invoke: (event: unknown) => Promise<unknown>;
  readonly onError: (error: unknown) => void;
}

export interface Poller {
  /** Takes no more messages; settles when those in hand are done. */
  stop(): Promise<void>;
}

const LONG_POLL_SEC = 20;
const AFTER_ERROR_MS = 500;

export function pollQueue(sqs: SQSClient, options: PollerOptions): Poller {
  const ending = new AbortController();
  const inHand = new Set<Promise<void>>();

  const run = async () => {
    while (!ending.signal.aborted) {
      const batch = await receive(sqs, options, ending.signal);
      if (batch.length === 0) continue;
      const work = handle(sqs, options, batch).finally(() => inHand.delete(work));
      inHand.add(work);
      if (inHand.size >= options.concurrency) await Promise.race(inHand);
    }
  };
  const running = run();
  return {
    async stop() {
      ending.abort();
      await running;
      await Promise.all(inHand);
    },
  };
}

/** Empty when nothing came, when polling ends, or after an error, which is told and waited out. */
async function receive(sqs: SQSClient, options: PollerOptions, signal: AbortSignal): Promise<Message[]> {
  try {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: options.queueUrl,
        MaxNumberOfMessages: Math.min(10, options.batchSize),
        WaitTimeSeconds: LONG_POLL_SEC,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
      { abortSignal: signal },
    );
    return Messages;
  } catch (error) {
    if (signal.aborted) return [];
    options.onError(error);
    await new Promise((resolve) => setTimeout(resolve, AFTER_ERROR_MS));
    return [];
  }
}

async function handle(sqs: SQSClient, options: PollerOptions, batch: Message[]): Promise<void> {
  try {
    const answer = await options.invoke(sqsEvent(batch, options.source));
    const done = doneMessages(batch, answer, options.reportsFailures);
    if (done.length === 0) return;
    const Entries = done.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: options.queueUrl, Entries }));
  } catch (error) {
    // Nothing is deleted: the whole batch becomes visible again after its visibility timeout.
    options.onError(error);
  }
}
