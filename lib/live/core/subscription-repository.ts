import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import { type Item, type ItemPage, itemsOf } from '../../platform/storage/items.ts';
import type { Write } from '../../platform/storage/write.ts';
import {
  type ConnectionTopics,
  connectionTopicsSchema,
  type Subscription,
  subscriptionSchema,
} from '../model.ts';
import { connections, rubbishAtSec } from './connection-repository.ts';

const { remove } = itemsOf('live');

export const connectionTopics = defineEntity({
  table: 'live',
  name: 'live.connection-topics',
  key: ({ connectionId }: Pick<ConnectionTopics, 'connectionId'>) => ({
    pk: `CONNECTION#${connectionId}`,
    sk: 'TOPICS',
  }),
  schema: connectionTopicsSchema,
});

const topicPartition = (topic: string): string => `TOPIC#${topic}`;

export const subscriptions = defineEntity({
  table: 'live',
  name: 'live.subscription',
  key: ({ topic, connectionId }: Pick<Subscription, 'topic' | 'connectionId'>) => ({
    pk: topicPartition(topic),
    sk: connectionId,
  }),
  schema: subscriptionSchema,
});

export const topicsWrite = (
  rt: Runtime,
  before: ConnectionTopics | undefined,
  after: ConnectionTopics,
): Write => connectionTopics.next(rt, before, after, rubbishAtSec(rt));

export const subscriptionWrite = (rt: Runtime, subscription: Subscription): Write =>
  subscriptions.put(rt, subscription, rubbishAtSec(rt));

export const unsubscribeWrite = (rt: Runtime, of: Pick<Subscription, 'topic' | 'connectionId'>): Write =>
  remove(rt, subscriptions.key(of));

/** A connection that ended, without what it was subscribed to. */
export const connectionRemovals = (rt: Runtime, connectionId: string): Write[] => [
  remove(rt, connections.key({ connectionId })),
  remove(rt, connectionTopics.key({ connectionId })),
];
/** Subscriptions that one request reads: less than the megabyte that a query gives. */
export const SUBSCRIBERS_PAGE = 1500;

/** Some of a topic's subscriptions, by connection, read consistently: what is committed after `subscribed` was sent is sent, too. */
export const listSubscribers = (
  rt: Runtime,
  topic: string,
  { after, limit = SUBSCRIBERS_PAGE }: { after?: Item | undefined; limit?: number } = {},
): Promise<ItemPage<Subscription>> => subscriptions.page(rt, { pk: topicPartition(topic), limit, after });
