import type { Runtime } from '../../platform/runtime.ts';
import { defineEntity } from '../../platform/storage/entity.ts';
import { itemsOf } from '../../platform/storage/items.ts';
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
