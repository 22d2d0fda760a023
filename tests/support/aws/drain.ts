import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { instant } from '../../../lib/platform/clock.ts';
import { withRuntime } from '../../../lib/platform/open-runtime.ts';
import { doneMessages, sqsEvent } from '../../../localstack/plugin/sqs-event.ts';
import type { QueueTrigger } from '../../../localstack/triggers.ts';
import { loadHandler, testContext } from './handlers.ts';
import type { TestRuntime } from './test-runtime.ts';

export interface DrainOptions {
  /** Moves the clock by so much, stopping at each delayed message on the way to deliver it in its time. */
  readonly advanceMs?: number;
  /** The same, to an instant (ms since the epoch). */
  readonly advanceTo?: number;
  /**
   * Failures make drain throw unless this is set. A failed message comes back after its visibility timeout by the
   * test's clock, and reaches the dead-letter queue as it would on AWS.
   */
  readonly allowFailures?: boolean;
}

export interface Drained {
  readonly handled: number;
  /** Messages whose handler threw or named them as failed, by handler. */
  readonly failed: readonly { readonly handler: string; readonly body: string; readonly error?: unknown }[];
}

/** Beyond this many messages something goes in circles. */
const MOST_MESSAGES = 5_000;

/** Runs queue handlers in process, one batch after another in the template's order, until all queues are empty. */
export async function drain(rt: TestRuntime, options: DrainOptions = {}): Promise<Drained> {
  const untilMs = options.advanceTo ?? rt.clock.nowMs() + (options.advanceMs ?? 0);
  const failed: Drained['failed'][number][] = [];
  let handled = 0;
  for (;;) {
    handled += await untilQuiet(rt, failed, MOST_MESSAGES - handled);
    const nextMs = rt.held.nextDueMs();
    if (nextMs === undefined || nextMs > Math.max(untilMs, rt.clock.nowMs())) break;
    rt.clock.moveTo(nextMs);
    await rt.held.release(rt.clock.nowMs());
  }
  rt.clock.moveTo(untilMs);
  if (failed.length > 0 && !options.allowFailures) {
    const first = failed[0];
    throw new Error(`${failed.length} messages failed, first in ${first?.handler}: ${first?.body}`, {
      cause: first?.error,
    });
  }
  return { handled, failed };
}

async function untilQuiet(
  rt: TestRuntime,
  failed: Drained['failed'][number][],
  most: number,
): Promise<number> {
  let handled = 0;
  for (;;) {
    const batches = await Promise.all(rt.aws.triggers.map((trigger) => receive(rt, trigger)));
    if (batches.every((batch) => batch.length === 0)) return handled;
    for (const [index, batch] of batches.entries()) {
      const trigger = rt.aws.triggers[index];
      if (!trigger || batch.length === 0) continue;
      failed.push(...(await handle(rt, trigger, batch)));
      handled += batch.length;
      if (handled > most) throw new Error(`more than ${MOST_MESSAGES} messages: something goes in circles`);
    }
  }
}

async function receive(rt: TestRuntime, trigger: QueueTrigger): Promise<Message[]> {
  const { stirred } = rt.aws;
  const QueueUrl = urlOf(rt, trigger);
  // Before it is asked: what is sent meanwhile stirs it anew.
  if (!stirred.delete(QueueUrl)) return [];
  let empty = false;
  try {
    const found = await ask(rt, QueueUrl, trigger.batchSize);
    empty = found.length === 0;
    return found;
  } finally {
    if (!empty) stirred.add(QueueUrl);
  }
}

async function ask(rt: TestRuntime, QueueUrl: string, batchSize: number): Promise<Message[]> {
  const { Messages = [] } = await rt.sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: Math.min(10, batchSize),
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
      WaitTimeSeconds: 0,
    }),
  );
  return Messages;
}

const urlOf = (rt: TestRuntime, { queueId }: QueueTrigger): string => rt.aws.ids[queueId]?.ref ?? '';

async function handle(
  rt: TestRuntime,
  trigger: QueueTrigger,
  batch: Message[],
): Promise<Drained['failed'][number][]> {
  const arn = rt.aws.ids[trigger.queueId]?.attributes?.Arn ?? '';
  let done: Message[] = [];
  let error: unknown;
  try {
    const handler = await loadHandler(trigger.handler);
    const event = sqsEvent(batch, { arn, region: rt.aws.region });
    const answer = await withRuntime(rt, () => handler(event, testContext(rt, trigger.handler)));
    done = doneMessages(batch, answer, trigger.reportsFailures);
  } catch (thrown) {
    error = thrown;
  }
  await remove(rt, trigger, done);
  const failed = batch.filter((message) => !done.includes(message));
  for (const message of failed) await holdUntilVisible(rt, trigger, message);
  return failed.map(({ Body = '' }) => ({ handler: trigger.handler, body: Body, error }));
}

async function remove(rt: TestRuntime, trigger: QueueTrigger, done: Message[]): Promise<void> {
  if (done.length === 0) return;
  const Entries = done.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
  await rt.sqs.send(new DeleteMessageBatchCommand({ QueueUrl: urlOf(rt, trigger), Entries }));
}

async function holdUntilVisible(
  rt: TestRuntime,
  trigger: QueueTrigger,
  { ReceiptHandle }: Message,
): Promise<void> {
  const QueueUrl = urlOf(rt, trigger);
  const { Attributes } = await rt.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['VisibilityTimeout'] }),
  );
  rt.held.hold({
    dueMs: rt.clock.nowMs() + Number(Attributes?.VisibilityTimeout ?? 30) * 1000,
    release: async () => {
      await rt.sqs.send(
        new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
      );
    },
  });
}

/** Fires a schedule's handler once, at the clock's time: `tick(rt, 'functions/desk/dispatch-tick.schedule')`. */
export async function tick(rt: TestRuntime, file: string): Promise<void> {
  const handler = await loadHandler(`${file}.handler`);
  const time = instant(rt.clock.nowMs());
  const event = {
    id: rt.ids.next('tick'),
    source: 'aws.events',
    'detail-type': 'Scheduled Event',
    time,
    detail: {},
  };
  await withRuntime(rt, () => handler(event, testContext(rt, file)));
}
