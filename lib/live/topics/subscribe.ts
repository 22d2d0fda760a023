import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { connectionOpen } from '../core/connection-repository.ts';
import { sendFrame } from '../core/send-frame.ts';
import {
  connectionTopics,
  subscriptionWrite,
  topicsWrite,
  unsubscribeWrite,
} from '../core/subscription-repository.ts';
import { MAX_TOPICS } from '../frames.ts';
import type { Connection, Subscription } from '../model.ts';
import { allowedTopics } from './allowed-topics.ts';
import { parseTopic, type Topic, topicKey, topicName } from './topic.ts';

/** One transaction takes a hundred actions, two of which are the connection's own. */
const AT_ONCE = 98;

const keep = (
  rt: Runtime,
  { connectionId, userId, roles }: Connection,
  keys: readonly string[],
): Promise<boolean> =>
  untilCommitted(rt, async () => {
    const before = await connectionTopics.find(rt, { connectionId });
    const { topics = [], version = 0 } = before ?? {};
    const added = keys.filter((key) => !topics.includes(key));
    if (topics.length + added.length > MAX_TOPICS) return false;
    if (added.length === 0) return true;
    await commit(rt, {
      writes: [
        connectionOpen(rt, connectionId),
        topicsWrite(rt, before, { connectionId, topics: [...topics, ...added], version: version + 1 }),
        ...added.map((topic) => subscriptionWrite(rt, { topic, connectionId, userId, roles })),
      ],
    });
    return true;
  });

/** In parts of one transaction each. False: it would be subscribed to too much. */
const keepAll = async (rt: Runtime, connection: Connection, keys: readonly string[]): Promise<boolean> => {
  for (let start = 0; start < keys.length; start += AT_ONCE) {
    if (!(await keep(rt, connection, keys.slice(start, start + AT_ONCE)))) return false;
  }
  return true;
};

/**
 * Subscribes a connection to those of the topics that are its user's, and tells which they are. False when it would have more topics
 * than it may. Whoever is answered `subscribed` reads the things anew: what happened before is not sent.
 */
export const subscribe = async (
  rt: Runtime,
  connection: Connection,
  wanted: readonly string[],
): Promise<boolean> => {
  const named = new Map<string, Topic>();
  for (const text of wanted) {
    const topic = parseTopic(text);
    if (topic) named.set(text, topic);
  }
  const who = { id: connection.userId, roles: connection.roles };
  const allowed = await allowedTopics(rt, who, [...named.values()]);
  const keys = allowed.map((topic) => topicKey(topic, connection.userId));
  if (!(await keepAll(rt, connection, keys))) return false;
  const topics = allowed.map(topicName);
  const refused = [...new Set(wanted)].filter((text) => !topics.includes(text));
  await sendFrame(rt, connection.connectionId, { type: 'subscribed', topics, refused });
  return true;
};

const leave = (rt: Runtime, connectionId: string, isUnwanted: (topic: string) => boolean): Promise<void> =>
  untilCommitted(rt, async () => {
    const before = await connectionTopics.find(rt, { connectionId });
    const gone = before?.topics.filter(isUnwanted).slice(0, AT_ONCE) ?? [];
    if (!before || gone.length === 0) return;
    const topics = before.topics.filter((topic) => !gone.includes(topic));
    await commit(rt, {
      writes: [
        topicsWrite(rt, before, { connectionId, topics, version: before.version + 1 }),
        ...gone.map((topic) => unsubscribeWrite(rt, { topic, connectionId })),
      ],
    });
  });

/** Takes topics from a connection; others stay, and one that it does not have is no fault. */
export const unsubscribe = (
  rt: Runtime,
  { connectionId, userId }: Connection,
  unwanted: readonly string[],
): Promise<void> => {
  const keys = new Set(unwanted.map((text) => (text === 'me' ? topicKey({ kind: 'me' }, userId) : text)));
  return leave(rt, connectionId, (topic) => keys.has(topic));
};

/** A topic is its subscriber's no more. */
export const dropTopic = (
  rt: Runtime,
  { connectionId, topic }: Pick<Subscription, 'connectionId' | 'topic'>,
): Promise<void> => leave(rt, connectionId, (each) => each === topic);
