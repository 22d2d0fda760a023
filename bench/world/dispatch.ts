import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { roomAppeared } from '../../lib/desk/internal-events.ts';
import { queueUrl } from '../../lib/platform/config.ts';
import { sendReminders } from '../../lib/platform/events/send-reminders.ts';
import { withRuntime } from '../../lib/platform/open-runtime.ts';
import type { Runtime } from '../../lib/platform/runtime.ts';
import { sqsEvent } from '../../localstack/plugin/sqs-event.ts';
import { loadHandler } from '../../tests/support/aws/handlers.ts';
import type { BenchWorld } from './open-world.ts';

const QUEUE = 'executor-events';

/** Puts a wake-up into the dispatcher's queue. */
export const wake = async (rt: Runtime, deskId: string): Promise<void> => {
  await sendReminders(rt, [roomAppeared.draft({ deskId })]);
};

const received = async (rt: Runtime, queue: string): Promise<Message[]> => {
  const { Messages = [] } = await rt.sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl(rt.env, queue),
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['All'],
      WaitTimeSeconds: 0,
    }),
  );
  return Messages;
};

/** How many messages could be received right now. */
export const messagesIn = async ({ aside }: Pick<BenchWorld, 'aside'>, queue: string): Promise<number> => {
  const { Attributes } = await aside.sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl(aside.env, queue),
      AttributeNames: ['ApproximateNumberOfMessages'],
    }),
  );
  return Number(Attributes?.ApproximateNumberOfMessages);
};

/** What the poller does: takes up to ten messages from a queue, runs the shipped handler on them, and removes them. */
export const handleOnce = async (
  { rt }: Pick<BenchWorld, 'rt'>,
  { queue, handler: path }: { queue: string; handler: string },
): Promise<void> => {
  const handler = await loadHandler(path);
  const batch = await received(rt, queue);
  const event = sqsEvent(batch, { arn: `arn:aws:sqs:local:000000000000:${queue}`, region: 'local' });
  const context = { awsRequestId: 'bench', functionName: path };
  const answer = await withRuntime(rt, () => handler(event, context as never));
  const { batchItemFailures = [] } = (answer ?? {}) as { batchItemFailures?: readonly unknown[] };
  if (batch.length === 0 || batchItemFailures.length > 0)
    throw new Error(`a message of ${queue} was not handled`);
  const Entries = batch.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
  await rt.sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl(rt.env, queue), Entries }));
};

/** A wake-up, taken from its queue and dispatched. */
export const dispatchOnce = (world: Pick<BenchWorld, 'rt'>): Promise<void> =>
  handleOnce(world, { queue: QUEUE, handler: 'functions/desk/dispatch.queue.handler' });
