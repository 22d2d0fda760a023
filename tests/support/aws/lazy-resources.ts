/**
 * The template's tables, queues and buckets, each made when something first asks for it by name: of all that the product has, a
 * test file uses a few, and what it costs must not grow with modules that it does not touch.
 */
import {
  evaluator,
  type Physical,
  type PhysicalIds,
  type Template,
} from '../../../localstack/cloudformation.ts';
import { type AwsEndpoint, LOCAL_ACCOUNT_ID, provision } from '../../../localstack/provision.ts';
import { logicalId } from '../../../localstack/triggers.ts';

export interface LazyResources {
  /** What they are, or will be. */
  readonly ids: PhysicalIds;
  /** Makes those of them that do not exist yet; anything else is passed over. */
  ensure(needed: Named): Promise<void>;
  /** A measurement wants nothing made while it runs. */
  ensureAll(): Promise<void>;
}

/** Names of resources, by the property that holds such a name in a template: a queue may be called as a table is. */
type Named = Readonly<Partial<Record<'TableName' | 'QueueName' | 'BucketName', readonly string[]>>>;

const NAMES: Readonly<Record<string, keyof Named>> = {
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::S3::Bucket': 'BucketName',
};

const physical = (type: string, name: string, { url, region }: AwsEndpoint): Physical => {
  if (type === 'AWS::S3::Bucket') return { ref: name, attributes: { Arn: `arn:aws:s3:::${name}` } };
  if (type === 'AWS::DynamoDB::Table') {
    return {
      ref: name,
      attributes: { Arn: `arn:aws:dynamodb:${region}:${LOCAL_ACCOUNT_ID}:table/${name}`, StreamArn: '' },
    };
  }
  const [ref, Arn] = [
    `${url}/${LOCAL_ACCOUNT_ID}/${name}`,
    `arn:aws:sqs:${region}:${LOCAL_ACCOUNT_ID}:${name}`,
  ];
  return { ref, attributes: { Arn, QueueName: name, QueueUrl: ref } };
};

/** With the dead-letter queue that it names. */
const oneOf = ({ Resources }: Template, id: string): Template => {
  const { RedrivePolicy } = (Resources[id]?.Properties ?? {}) as { RedrivePolicy?: Record<string, unknown> };
  const needed = RedrivePolicy ? [logicalId(RedrivePolicy.deadLetterTargetArn), id] : [id];
  return {
    Resources: Object.fromEntries(Object.entries(Resources).filter(([each]) => needed.includes(each))),
  };
};

export const lazyResources = (
  template: Template,
  endpoint: AwsEndpoint,
  rename: (name: string) => string,
): LazyResources => {
  const nameOf = (value: unknown): string =>
    rename(String(evaluator({}, { region: endpoint.region, accountId: LOCAL_ACCOUNT_ID })(value)));
  const named = Object.entries(template.Resources).flatMap(([id, { Type, Properties }]) => {
    const property = NAMES[Type];
    return property === undefined || Properties?.[property] === undefined
      ? []
      : [{ id, type: Type, property, name: nameOf(Properties[property]) }];
  });
  const idOf = new Map(named.map(({ id, property, name }) => [`${property} ${name}`, id]));
  const made = new Map<string, Promise<unknown>>();
  const make = (id: string): Promise<unknown> => {
    const begun = made.get(id) ?? provision(oneOf(template, id), endpoint, { rename });
    made.set(id, begun);
    return begun;
  };
  return {
    ids: Object.fromEntries(named.map(({ id, type, name }) => [id, physical(type, name, endpoint)])),
    ensure: async (needed) => {
      const keys = Object.entries(needed).flatMap(([property, all]) =>
        all.map((name) => `${property} ${name}`),
      );
      await Promise.all(keys.flatMap((key) => idOf.get(key) ?? []).map(make));
    },
    ensureAll: async () => {
      await Promise.all(named.map(({ id }) => make(id)));
    },
  };
};

const present = (names: readonly (string | undefined)[]): string[] =>
  names.filter((name) => name !== undefined);

/** What a command names. */
export const namesIn = (input: object): Named => {
  const {
    TableName,
    RequestItems = {},
    TransactItems = [],
    QueueUrl,
    QueueName,
    Bucket,
  } = input as {
    readonly TableName?: string;
    readonly RequestItems?: object;
    readonly TransactItems?: readonly Record<string, { readonly TableName?: string }>[];
    readonly QueueUrl?: string;
    readonly QueueName?: string;
    readonly Bucket?: string;
  };
  const inTransaction = TransactItems.flatMap((item) => Object.values(item).map((each) => each.TableName));
  return {
    TableName: present([TableName, ...inTransaction, ...Object.keys(RequestItems)]),
    QueueName: present([QueueUrl?.split('/').at(-1), QueueName]),
    BucketName: present([Bucket]),
  };
};
