import type { ModuleDeclaration, Product } from './declaration.ts';
import { arn, deadLetterId, queueId, type Resource, type Resources, type Value } from './names.ts';

const DAY_SEC = 86_400;
const RETENTION_SEC = 4 * DAY_SEC;
/** The longest there is: messages here wait for an operator. */
const DEAD_LETTER_RETENTION_SEC = 14 * DAY_SEC;
/** AWS advises five or more: a throttled function uses up receives without having seen the message. */
const MAX_RECEIVES = 5;
/** AWS advises six times the function's timeout, for the retries of a throttled batch. */
const VISIBILITY_PER_TIMEOUT = 6;

export const isFifo = (name: string): boolean => name.endsWith('.fifo');

const fifo = (name: string): Record<string, Value> =>
  isFifo(name)
    ? { FifoQueue: true, DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' }
    : {};

/** @param name FIFO names must end in `.fifo`. */
const queue = ({ service, stage }: Product, name: string, properties: Record<string, Value>): Resource => ({
  Type: 'AWS::SQS::Queue',
  Properties: {
    QueueName: `${stage}-${service}-${name}`,
    ...properties,
    ...fifo(name),
    SqsManagedSseEnabled: true,
  },
});

const visibilitySec = (own: ModuleDeclaration, name: string): number => {
  const consumers = Object.values(own.functions).filter(({ consumes }) => consumes.includes(name));
  if (consumers.length !== 1)
    throw new Error(`the queue ${name} has ${consumers.length} consumers in its module; it needs one`);
  return VISIBILITY_PER_TIMEOUT * Math.max(...consumers.map(({ timeoutSec }) => timeoutSec));
};

/** Queues whose messages somebody works off; what cannot be worked off goes to the module's dead letters. */
const worked = ({ queues: declared }: ModuleDeclaration): string[] =>
  Object.entries(declared).flatMap(([name, { terminal }]) => (terminal ? [] : [name]));

/**
 * SQS keeps where each dead letter came from, so one queue of them serves a module, and one alarm. Its FIFO one drops a message
 * only if another of the same group and deduplication id came within five minutes: both are made of our own ids.
 */
export const deadLetterQueues = (own: ModuleDeclaration, module: string): Record<string, string> =>
  Object.fromEntries(
    [false, true]
      .filter((kind) => worked(own).some((name) => isFifo(name) === kind))
      .map((kind) => [deadLetterId(module, kind), `${module}-dlq${kind ? '.fifo' : ''}`]),
  );

export const queues = (product: Product, own: ModuleDeclaration, module: string): Resources => {
  const deadLetters = Object.entries(deadLetterQueues(own, module)).map(([id, name]) => [
    id,
    queue(product, name, { MessageRetentionPeriod: DEAD_LETTER_RETENTION_SEC }),
  ]);
  const live = Object.entries(own.queues).map(([name, { terminal }]) => [
    queueId(name),
    queue(
      product,
      name,
      terminal
        ? { MessageRetentionPeriod: DEAD_LETTER_RETENTION_SEC }
        : {
            MessageRetentionPeriod: RETENTION_SEC,
            VisibilityTimeout: visibilitySec(own, name),
            RedrivePolicy: {
              deadLetterTargetArn: arn(deadLetterId(module, isFifo(name))),
              maxReceiveCount: MAX_RECEIVES,
            },
          },
    ),
  ]);
  return Object.fromEntries([...deadLetters, ...live]);
};
