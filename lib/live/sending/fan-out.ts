import { findAudiences, type TicketAudience } from '../../desk/live-reader.ts';
import { count } from '../../platform/metrics.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Item } from '../../platform/storage/items.ts';
import { endConnection, loseConnection } from '../connections/end-connection.ts';
import { sendFrame } from '../core/send-frame.ts';
import { listSubscribers } from '../core/subscription-repository.ts';
import type { ServerFrame } from '../frames.ts';
import type { Subscription } from '../model.ts';
import { mayFollowTicket } from '../topics/allowed-topics.ts';
import { dropTopic } from '../topics/subscribe.ts';
import { parseTopic, topicName } from '../topics/topic.ts';

/** Frames under way at once from one invocation. */
const AT_ONCE = 100;

/** A frame for those who follow a topic. What a subscriber must not have is undefined; `gone`: the topic is theirs no more. */
export type FrameFor = (subscriber: Subscription) => ServerFrame | 'gone' | undefined;

/** Runs work on each, so many at a time. */
const each = async <T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> => {
  const waiting = all.values();
  const worker = async () => {
    for (const one of waiting) await work(one);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, all.length) }, worker));
};

/** Their line is broken: what they miss they read anew when they are back. */
const giveUpOn = async (
  rt: Runtime,
  { connectionId, userId }: Subscription,
  error: unknown,
): Promise<void> => {
  count(rt, 'LiveFramesLost', { connectionId, error });
  await endConnection(rt, connectionId, { userId, reason: 'try-again' });
};

const deliver = async (rt: Runtime, subscriber: Subscription, frameFor: FrameFor): Promise<void> => {
  const frame = frameFor(subscriber);
  if (!frame) return;
  const { connectionId, topic } = subscriber;
  if (frame === 'gone') await dropTopic(rt, subscriber);
  const parsed = parseTopic(topic);
  const sent =
    frame === 'gone' ? ({ type: 'gone', topic: parsed ? topicName(parsed) : topic } as const) : frame;
  try {
    if ((await sendFrame(rt, connectionId, sent)) === 'gone') await loseConnection(rt, subscriber);
  } catch (error) {
    await giveUpOn(rt, subscriber, error);
  }
};

/** Sends a frame to everybody who follows a topic: one query for each fifteen hundred of them. */
export const fanOut = async (rt: Runtime, topicKey: string, frameFor: FrameFor): Promise<void> => {
  let after: Item | undefined;
  do {
    const { items, next } = await listSubscribers(rt, topicKey, { after });
    await each(items, (subscriber) => deliver(rt, subscriber, frameFor));
    after = next;
  } while (after);
};

/** The same of a ticket, to those who may follow it at this moment; the others lose the topic. */
export const fanOutTicket = async (
  rt: Runtime,
  ticketId: string,
  frameFor: (subscriber: Subscription) => ServerFrame | undefined,
): Promise<void> => {
  let audience: TicketAudience | undefined;
  let after: Item | undefined;
  do {
    const { items, next } = await listSubscribers(rt, `ticket:${ticketId}`, { after });
    // Read after the subscriptions: whoever has lost the ticket by now gets nothing of it.
    if (items.length > 0) audience = (await findAudiences(rt, [ticketId])).get(ticketId);
    const allowed: FrameFor = (subscriber) => {
      const who = { id: subscriber.userId, roles: subscriber.roles };
      return audience && mayFollowTicket(who, audience) ? frameFor(subscriber) : 'gone';
    };
    await each(items, (subscriber) => deliver(rt, subscriber, allowed));
    after = next;
  } while (after);
};
