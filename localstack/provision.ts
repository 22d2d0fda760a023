/**
 * Tables, queues and buckets on any AWS_ENDPOINT_URL, from the packaged CloudFormation template: the one source of truth.
 * Idempotent. Alone: `AWS_ENDPOINT_URL=… node localstack/provision.ts [--template FILE]`.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import {
  type Account,
  evaluator,
  type Physical,
  type PhysicalIds,
  type Resource,
  type Template,
  Unresolved,
} from './cloudformation.ts';
import { provisionBucket } from './provision/buckets.ts';
import { provisionQueue } from './provision/queues.ts';
import { provisionTable } from './provision/tables.ts';

export interface AwsEndpoint {
  readonly url: string;
  readonly region: string;
}

export interface Provisioned {
  /** Logical id in the template → what it is here. */
  readonly ids: PhysicalIds;
  /** Environment of each function, by its logical id, with references replaced. */
  readonly environments: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface Clients {
  readonly dynamo: DynamoDBClient;
  readonly sqs: SQSClient;
  readonly s3: S3Client;
}

/** The stand-ins check none; MiniStack refuses presigned requests of any other than these. */
export const LOCAL_CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };
export const LOCAL_ACCOUNT_ID = '000000000000';
/** Where osls would put the code; nothing of the product. */
const DEPLOYMENT = 'ServerlessDeploymentBucket';

export function awsClients({ url: endpoint, region }: AwsEndpoint): Clients {
  const options = { endpoint, region, credentials: LOCAL_CREDENTIALS };
  return {
    dynamo: new DynamoDBClient(options),
    sqs: new SQSClient(options),
    s3: new S3Client({ ...options, forcePathStyle: true }),
  };
}

type Make = (
  clients: Clients,
  name: string,
  properties: Record<string, unknown>,
  account: Account,
) => Promise<Physical>;

const kinds: Readonly<Record<string, { readonly name: string; readonly make: Make }>> = {
  'AWS::DynamoDB::Table': {
    name: 'TableName',
    make: ({ dynamo }, ...rest) => provisionTable(dynamo, rest[0], rest[1]),
  },
  'AWS::SQS::Queue': { name: 'QueueName', make: ({ sqs }, ...rest) => provisionQueue(sqs, rest[0], rest[1]) },
  'AWS::S3::Bucket': {
    name: 'BucketName',
    make: ({ s3 }, name, _, account) => provisionBucket(s3, name, account),
  },
};

/** What environments may name though nothing stands in for it: the local start sets those variables itself. */
const NOT_LOCAL = ['AWS::SecretsManager::Secret', 'AWS::ApiGatewayV2::Api', 'AWS::SES::ConfigurationSet'];

const namesOnly = ({ Resources }: Template): PhysicalIds =>
  Object.fromEntries(
    Object.entries(Resources)
      .filter(([, { Type }]) => NOT_LOCAL.includes(Type))
      .map(([id]) => [id, { ref: `not-local-${id}` }]),
  );

export interface ProvisionOptions {
  /** Changes physical names, so that tests have resources of their own. */
  readonly rename?: (name: string) => string;
}

/**
 * @throws Error when a resource refers to one that is not local, or a function's environment does.
 */
export async function provision(
  template: Template,
  endpoint: AwsEndpoint,
  { rename = (name) => name }: ProvisionOptions = {},
): Promise<Provisioned> {
  const account: Account = { region: endpoint.region, accountId: LOCAL_ACCOUNT_ID };
  const clients = awsClients(endpoint);
  const ids: Record<string, Physical> = {};
  const make = async (id: string, resource: Resource): Promise<void> => {
    const kind = kinds[resource.Type];
    if (!kind) return;
    const properties = evaluator(ids, account)(resource.Properties ?? {}) as Record<string, unknown>;
    const name = rename(String(properties[kind.name] ?? `local-${id}`.toLowerCase()));
    ids[id] = await kind.make(clients, name, properties, account);
  };
  try {
    const local = Object.entries(template.Resources).filter(
      ([id, { Type }]) => Type in kinds && id !== DEPLOYMENT,
    );
    await makeInOrder(local, make);
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
  return { ids, environments: environmentsOf(template, ids, account.region) };
}

/** Each round makes what refers only to what exists; a dead-letter queue thus comes before its queue. */
async function makeInOrder(
  resources: readonly [string, Resource][],
  make: (id: string, resource: Resource) => Promise<void>,
): Promise<void> {
  const waiting: [string, Resource][] = [];
  let missing: unknown;
  await Promise.all(
    resources.map(async (each) => {
      try {
        await make(...each);
      } catch (error) {
        if (!(error instanceof Unresolved)) throw error;
        missing = error;
        waiting.push(each);
      }
    }),
  );
  if (waiting.length === 0) return;
  if (waiting.length === resources.length)
    throw new Error(`the template refers to what is not local: ${missing}`);
  await makeInOrder(waiting, make);
}

/** Queues are here and not where AWS has them: what their addresses begin with, by the last part of what it would be there. */
function queueBase({ Resources }: Template, ids: PhysicalIds, stem: string): string {
  for (const [id, { Type, Properties }] of Object.entries(Resources)) {
    const [name, url] = [String(Properties?.QueueName), ids[id]?.ref];
    if (Type === 'AWS::SQS::Queue' && url !== undefined && name.startsWith(stem))
      return url.slice(0, stem.length - name.length);
  }
  throw new Error(`no queue of the template begins with ${stem}`);
}

/** Of each function, by its logical id, where the template's resources are these. */
export function environmentsOf(
  template: Template,
  ids: PhysicalIds,
  region: string,
): Provisioned['environments'] {
  const evaluate = evaluator({ ...namesOnly(template), ...ids }, { region, accountId: LOCAL_ACCOUNT_ID });
  const functions = Object.entries(template.Resources).filter(
    ([, { Type }]) => Type === 'AWS::Lambda::Function',
  );
  return Object.fromEntries(
    functions.map(([id, { Properties }]) => {
      const { Variables = {} } = (Properties?.Environment ?? {}) as { Variables?: Record<string, unknown> };
      const evaluated = Object.entries(Variables).map(([key, value]) => {
        const text = String(evaluate(value));
        const stem = text.slice(text.lastIndexOf('/') + 1);
        return [key, key === 'QUEUE_BASE' ? queueBase(template, ids, stem) : text];
      });
      return [id, Object.fromEntries(evaluated)];
    }),
  );
}

export const TEMPLATE_FILE = '.serverless/cloudformation-template-update-stack.json';

export function readTemplate(file: string = TEMPLATE_FILE): Template {
  return JSON.parse(readFileSync(file, 'utf8')) as Template;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { template: { type: 'string' } } });
  const { AWS_ENDPOINT_URL: url, AWS_REGION: region = 'eu-central-1' } = process.env;
  if (!url) throw new Error('AWS_ENDPOINT_URL is not set; this never touches real AWS');
  const { ids } = await provision(readTemplate(values.template), { url, region });
  console.table(Object.fromEntries(Object.entries(ids).map(([id, { ref }]) => [id, ref])));
}

if (import.meta.main) void main();
