import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type QueueAttributeName,
  QueueDoesNotExist,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Physical } from '../cloudformation.ts';

type Properties = Record<string, unknown>;
type Attributes = Partial<Record<QueueAttributeName, string>>;

const FIXED_AT_BIRTH = new Set(['FifoQueue']);
const NOT_ATTRIBUTES = new Set(['QueueName', 'Tags']);

/** Makes the queue if it is missing, else brings its attributes to what the template says. */
export async function provisionQueue(
  sqs: SQSClient,
  name: string,
  properties: Properties,
): Promise<Physical> {
  const attributes = queueAttributes(properties);
  const existing = await find(sqs, name);
  const url = existing ?? (await create(sqs, name, attributes));
  if (existing) await update(sqs, existing, attributes);
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }),
  );
  return { ref: url, attributes: { Arn: Attributes?.QueueArn ?? '', QueueName: name, QueueUrl: url } };
}

/** CloudFormation's properties carry the API's names; policies are objects there and JSON text here. */
function queueAttributes(properties: Properties): Attributes {
  const entries = Object.entries(properties).filter(([key]) => !NOT_ATTRIBUTES.has(key));
  return Object.fromEntries(
    entries.map(([key, value]) => [key, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  );
}

async function find(sqs: SQSClient, name: string): Promise<string | undefined> {
  try {
    return (await sqs.send(new GetQueueUrlCommand({ QueueName: name }))).QueueUrl;
  } catch (error) {
    if (error instanceof QueueDoesNotExist) return undefined;
    throw error;
  }
}

async function create(sqs: SQSClient, name: string, attributes: Attributes): Promise<string> {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
  return QueueUrl as string;
}

/** Sets only what differs: the stand-in refuses to set some attributes that it takes at birth. */
async function update(sqs: SQSClient, url: string, attributes: Attributes): Promise<void> {
  const names = Object.keys(attributes) as QueueAttributeName[];
  if (names.length === 0) return;
  const { Attributes: now = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: names }),
  );
  const changed = names.filter((name) => !FIXED_AT_BIRTH.has(name) && now[name] !== attributes[name]);
  if (changed.length === 0) return;
  const wanted = Object.fromEntries(changed.map((name) => [name, attributes[name] as string]));
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: wanted }));
}
