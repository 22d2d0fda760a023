import type { ModuleDeclaration, Product, QueueDeclaration } from './declaration.ts';
import { arn, deadLetterId, queueId, type Resource, type Resources, type Value } from './names.ts';

const DAY_SEC = 86_400;
const RETENTION_SEC = 4 * DAY_SEC;
/** The longest there is: what stands here waits for a person. */
const DEAD_LETTER_RETENTION_SEC = 14 * DAY_SEC;
/** AWS advises five or more: a throttled function uses up receives without having seen the message. */
const MAX_RECEIVES = 5;
/** AWS advises six times the function's timeout, for the retries of a throttled batch. */
const VISIBILITY_PER_TIMEOUT = 6;

/** `inbound-messages.fifo` → `dev-rotadesk-inbound-messages-dlq.fifo`: FIFO names must end so. */
const physical = ({ service, stage }: Product, name: string, suffix = ''): string => {
  const [stem = '', ...fifo] = name.split('.');
  return [`${stage}-${service}-${stem}${suffix}`, ...fifo].join('.');
};

const fifo = (name: string): Record<string, Value> =>
  name.endsWith('.fifo')
    ? { FifoQueue: true, DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' }
    : {};

const queue = (name: string, properties: Record<string, Value>): Resource => ({
  Type: 'AWS::SQS::Queue',
  Properties: { ...properties, ...fifo(name), SqsManagedSseEnabled: true },
});

const visibilitySec = (own: ModuleDeclaration, name: string): number => {
  const consumers = Object.values(own.functions).filter(({ consumes }) => consumes.includes(name));
  if (consumers.length !== 1)
    throw new Error(`the queue ${name} has ${consumers.length} consumers in its module; it needs one`);
  return VISIBILITY_PER_TIMEOUT * Math.max(...consumers.map(({ timeoutSec }) => timeoutSec));
};

const withDeadLetters = (product: Product, own: ModuleDeclaration, name: string): Resources => ({
  [deadLetterId(name)]: queue(name, {
    QueueName: physical(product, name, '-dlq'),
    MessageRetentionPeriod: DEAD_LETTER_RETENTION_SEC,
  }),
  [queueId(name)]: queue(name, {
    QueueName: physical(product, name),
    MessageRetentionPeriod: RETENTION_SEC,
    VisibilityTimeout: visibilitySec(own, name),
    RedrivePolicy: { deadLetterTargetArn: arn(deadLetterId(name)), maxReceiveCount: MAX_RECEIVES },
  }),
});

const terminal = (product: Product, name: string): Resources => ({
  [queueId(name)]: queue(name, {
    QueueName: physical(product, name),
    MessageRetentionPeriod: DEAD_LETTER_RETENTION_SEC,
  }),
});

export const queues = (product: Product, own: ModuleDeclaration): Resources =>
  Object.assign(
    {},
    ...Object.entries(own.queues).map(([name, declared]: [string, QueueDeclaration]) =>
      declared.terminal ? terminal(product, name) : withDeadLetters(product, own, name),
    ),
  );
