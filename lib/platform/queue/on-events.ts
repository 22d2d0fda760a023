import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { AppError } from '../errors.ts';
import type { Subscription } from '../events/define-event.ts';
import { domainEvent } from '../events/event.ts';
import type { LambdaHandler } from '../invocation.ts';
import { onQueue } from './on-queue.ts';

/** A queue, and the events that come by it. */
export interface Consumer {
  /** By its logical name: `tickets-new`. */
  readonly queue: string;
  readonly on: readonly Subscription[];
}

/** A Lambda of one or more queues of events; what it consumes is read by `npm run generate`. */
export type EventHandler = LambdaHandler<SQSEvent, SQSBatchResponse> & {
  readonly consumers: readonly Consumer[];
};

/**
 * A Lambda that consumes events. Each goes to the use case that is subscribed to it, as often as it is delivered: at least
 * once. One that nobody here is subscribed to is delivered again, since a producer may be deployed some minutes before its
 * consumer; in the end it is among the dead letters, from where it can be sent back.
 * Throws Error at cold start when it consumes one event twice.
 */
export const onEvents = (...consumers: readonly Consumer[]): EventHandler => {
  const subscriptions = consumers.flatMap(({ on }) => on);
  const byName = new Map<string, Subscription>(subscriptions.map((each) => [each.event, each]));
  if (byName.size !== subscriptions.length) {
    throw new Error(`an event is consumed twice by ${consumers.map(({ queue }) => queue).join(', ')}`);
  }
  const handler = onQueue({ body: domainEvent }, async ({ rt, message, ...delivery }) => {
    const subscription = byName.get(message.type);
    if (!subscription) {
      throw new AppError('unavailable', 'unknown-event', `Nobody here consumes ${message.type}.`);
    }
    await subscription.handle(rt, message, delivery);
  });
  return Object.assign(handler, { consumers });
};
