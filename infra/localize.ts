import type { Product } from './declaration.ts';
import { SHARED } from './modules.ts';
import { functionId, type Resource, type Resources, type Value } from './names.ts';
import { partOf } from './parts.ts';

/** How a stack speaks of what another one owns: the values that `Ref` and `Fn::GetAtt` would have there. */
interface Foreign {
  readonly ref?: Value;
  readonly attributes?: Readonly<Record<string, Value>>;
}

interface Owned {
  readonly module: string;
  /** Nothing when it can be named from its own stack only. */
  readonly foreign?: Foreign | undefined;
}

/** Everything of the product by its logical id. */
export type Owners = ReadonlyMap<string, Owned>;

const sub = (text: string): Value => ({ 'Fn::Sub': text });

const arnOf = (service: string, resource: string): Value =>
  sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`);

/** A name may be made of the account's number, and nothing else. */
const nameOf = (resource: Resource, property: string): string => {
  const name = resource.Properties[property];
  const text = typeof name === 'object' && 'Fn::Sub' in name ? name['Fn::Sub'] : name;
  if (typeof text === 'string') return text;
  throw new Error(`a ${resource.Type} without ${property} cannot be named from another stack`);
};

const FOREIGN: Readonly<Record<string, (resource: Resource) => Foreign>> = {
  'AWS::SQS::Queue': (queue) => {
    const name = nameOf(queue, 'QueueName');
    return {
      ref: sub(`https://sqs.\${AWS::Region}.\${AWS::URLSuffix}/\${AWS::AccountId}/${name}`),
      attributes: { Arn: arnOf('sqs', name), QueueName: name },
    };
  },
  'AWS::DynamoDB::Table': (table) => {
    const name = nameOf(table, 'TableName');
    return { ref: name, attributes: { Arn: arnOf('dynamodb', `table/${name}`) } };
  },
  'AWS::S3::Bucket': (bucket) => {
    const name = nameOf(bucket, 'BucketName');
    return { ref: sub(name), attributes: { Arn: sub(`arn:\${AWS::Partition}:s3:::${name}`) } };
  },
  'AWS::SNS::Topic': (topic) => ({ ref: arnOf('sns', nameOf(topic, 'TopicName')) }),
};

/** osls names a function so. */
const functionArn = ({ service, stage }: Product, name: string): Value =>
  arnOf('lambda', `function:${service}-${stage}-${name}`);

/** The one value that a stack hands to others: CloudFormation keeps the API for as long as somebody imports it. */
export const importedApi = ({ service, stage }: Product): Value => ({
  'Fn::ImportValue': `sls-${service}-${stage}-HttpApiId`,
});

/** Id of the WebSocket API, which the stack that has it exports. */
export const socketsExport = ({ service, stage }: Product): string => `${service}-${stage}-WebsocketsApiId`;

export const importedSockets = (product: Product): Value => ({ 'Fn::ImportValue': socketsExport(product) });

export const ownersOf = (product: Product): Owners => {
  const owners = new Map<string, Owned>([
    ['HttpApi', { module: SHARED, foreign: { ref: importedApi(product) } }],
  ]);
  const own = (id: string, owned: Owned): void => {
    if (owners.has(id))
      throw new Error(`${id} is made twice: by ${owners.get(id)?.module} and ${owned.module}`);
    owners.set(id, owned);
  };
  for (const [module, { functions }] of Object.entries(product.modules)) {
    for (const [id, resource] of Object.entries(partOf(product, module)))
      own(id, { module, foreign: FOREIGN[resource.Type]?.(resource) });
    for (const name of Object.keys(functions))
      own(functionId(name), { module, foreign: { attributes: { Arn: functionArn(product, name) } } });
  }
  return owners;
};

/** `A ${DeskTable.Arn} b` with the names of what is elsewhere in their places. */
const substituted = (
  text: string,
  elsewhere: (id: string, attribute?: string) => Value | undefined,
): Value => {
  const variables: Record<string, Value> = {};
  const written = text.replaceAll(/\$\{(\w+)(?:\.(\w+))?\}/g, (whole, id: string, attribute?: string) => {
    const value = elsewhere(id, attribute);
    if (value === undefined) return whole;
    if (typeof value === 'string') return value;
    if (typeof value === 'object' && 'Fn::Sub' in value) return String(value['Fn::Sub']);
    variables[id] = value;
    return `\${${id}}`;
  });
  return { 'Fn::Sub': Object.keys(variables).length > 0 ? [written, variables] : written };
};

/**
 * A value as the stack of `module` says it: what is its own by reference, what another stack owns by name.
 * @throws Error when something of another stack has no name.
 */
export const localized = (owners: Owners, module: string, value: Value): Value => {
  const elsewhere = (id: string, attribute?: string): Value | undefined => {
    const owned = owners.get(id);
    if (!owned || owned.module === module) return undefined;
    const named = attribute === undefined ? owned.foreign?.ref : owned.foreign?.attributes?.[attribute];
    if (named !== undefined) return named;
    throw new Error(
      `${module} refers to ${id}${attribute ? `.${attribute}` : ''} of ${owned.module}, which has no name there`,
    );
  };
  const rewritten = (each: Value): Value => {
    if (Array.isArray(each)) return each.map(rewritten);
    if (typeof each !== 'object') return each;
    const { Ref: id, 'Fn::GetAtt': path, 'Fn::Sub': text } = each as Record<string, Value>;
    if (typeof id === 'string') return elsewhere(id) ?? each;
    if (Array.isArray(path)) return elsewhere(String(path[0]), String(path[1])) ?? each;
    if (typeof text === 'string') return substituted(text, elsewhere);
    return Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, rewritten(inner)]));
  };
  return rewritten(value);
};

/** A module's part as its own stack says it. */
export const localizedPart = (product: Product, module: string): Resources => {
  const owners = ownersOf(product);
  const local = (value: Value): Value => localized(owners, module, value);
  return Object.fromEntries(
    Object.entries(partOf(product, module)).map(([id, { Properties, ...rest }]) => [
      id,
      {
        ...rest,
        Properties: Object.fromEntries(Object.entries(Properties).map(([name, each]) => [name, local(each)])),
      },
    ]),
  );
};
