import { SendMessageBatchCommand, type SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs';
import { epochMs } from '../clock.ts';
import { queueUrl } from '../config.ts';
import type { Runtime } from '../runtime.ts';
import type { DomainEvent } from './event.ts';
import { queuesOf } from './routes.ts';

/** SQS cannot delay longer than this. */
export const MAX_DELAY_SEC = 900;
const BATCH = 10;
/** A batch may hold 1 MiB in all; a margin is left for the envelope. */
const BATCH_BYTES = 900_000;

const delaySec = (rt: Runtime, event: DomainEvent): number =>
  event.deliverAt ? Math.max(0, Math.ceil((epochMs(event.deliverAt) - rt.clock.nowMs()) / 1000)) : 0;

const entry = (
  rt: Runtime,
  queue: string,
  event: DomainEvent,
  index: number,
): SendMessageBatchRequestEntry => {
  const base = { Id: String(index), MessageBody: JSON.stringify(event) };
  if (queue.endsWith('.fifo')) {
    return { ...base, MessageGroupId: event.group ?? event.id, MessageDeduplicationId: event.id };
  }
  const delay = delaySec(rt, event);
  return delay > 0 ? { ...base, DelaySeconds: delay } : base;
};

const batches = (entries: SendMessageBatchRequestEntry[]): SendMessageBatchRequestEntry[][] => {
  const all: SendMessageBatchRequestEntry[][] = [];
  let bytes = 0;
  for (const each of entries) {
    const size = Buffer.byteLength(each.MessageBody ?? '');
    const last = all.at(-1);
    if (!last || last.length === BATCH || bytes + size > BATCH_BYTES) {
      all.push([each]);
      bytes = size;
    } else {
      last.push(each);
      bytes += size;
    }
  }
  return all;
};

const sendTo = async (rt: Runtime, queue: string, events: readonly DomainEvent[]): Promise<void> => {
  const url = queueUrl(rt.env, queue);
  const entries = events.map((event, index) => entry(rt, queue, event, index));
  for (const batch of batches(entries)) {
    const sent = await rt.sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: batch }));
    const failed = sent.Failed ?? [];
    if (failed.length > 0)
      throw new Error(`${queue} refused ${failed.length} of ${batch.length}: ${failed[0]?.Code}`);
  }
};

/** Sends each event to every queue of its route. Throws when any was not taken; sending all again is harmless. */
export const sendEvents = async (rt: Runtime, events: readonly DomainEvent[]): Promise<void> => {
  const byQueue = new Map<string, DomainEvent[]>();
  for (const event of events) {
    if (delaySec(rt, event) > MAX_DELAY_SEC) continue; // its deadline is in the due index, which the sweep reads
    for (const queue of queuesOf(event.type)) {
      byQueue.set(queue, [...(byQueue.get(queue) ?? []), event]);
    }
  }
  await Promise.all([...byQueue].map(([queue, group]) => sendTo(rt, queue, group)));
};
