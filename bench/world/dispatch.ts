import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { roomAppeared } from '../../lib/desk/internal-events.ts';
import { queueUrl } from '../../lib/platform/config.ts';
import { sendReminders } from '../../lib/platform/events/send-reminders.ts';
import { type Runtime, withRuntime } from '../../lib/platform/runtime.ts';
import { sqsEvent } from '../../localstack/plugin/sqs-event.ts';
import { loadHandler } from '../../tests/support/aws/handlers.ts';
import type { BenchWorld } from './open-world.ts';

const QUEUE = 'executor-events';

/** Puts a wake-up into the dispatcher's queue. */
export const wake = async (rt: Runtime, deskId: string): Promise<void> => {
  await sendReminders(rt, [roomAppeared.draft({ deskId })]);
};

const received = async (rt: Runtime): Promise<Message[]> => {
  const { Messages = [] } = await rt.sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl(rt.env, QUEUE),
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['All'],
      WaitTimeSeconds: 0,
    }),
  );
  return Messages;
};

const context = { awsRequestId: 'bench', functionName: 'desk-dispatch' };

/** What the poller does: takes the wake-up from the queue, runs the shipped handler on it, and removes it. */
export const dispatchOnce = async ({ rt }: Pick<BenchWorld, 'rt'>): Promise<void> => {
  const handler = await loadHandler('functions/desk/dispatch.queue.handler');
  const batch = await received(rt);
  const event = sqsEvent(batch, { arn: `arn:aws:sqs:local:000000000000:${QUEUE}`, region: 'local' });
  const answer = await withRuntime(rt, () => handler(event, context as never));
  const { batchItemFailures = [] } = (answer ?? {}) as { batchItemFailures?: readonly unknown[] };
  if (batch.length === 0 || batchItemFailures.length > 0) throw new Error('the wake-up was not handled');
  const Entries = batch.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
  await rt.sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl(rt.env, QUEUE), Entries }));
};
