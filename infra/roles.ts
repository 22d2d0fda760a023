import type { FunctionDeclaration, ModuleDeclaration, Product } from './declaration.ts';
import { mailRights } from './mail.ts';
import {
  arn,
  bucketId,
  queueId,
  type Resources,
  roleId,
  SOCKETS_API_ID,
  tableId,
  type Value,
} from './names.ts';
import { masterSecretArn } from './secret.ts';

type Statement = Readonly<Record<string, Value>>;

const READ = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
// TransactWriteItems has no action of its own: AWS asks for those of its parts.
const WRITE = [
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:ConditionCheckItem',
];

/** For a log: what was put can neither be changed nor removed. A put over an old item is refused by its condition. */
const APPEND = ['dynamodb:PutItem'];

const allow = (actions: readonly string[], resources: readonly Value[]): Statement => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resources,
});

/** The log group is the stack's own, so a function needs no right to make one. */
const logs = (functionName: string): Statement =>
  allow(
    ['logs:CreateLogStream', 'logs:PutLogEvents'],
    [
      {
        'Fn::Sub': `arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:/aws/lambda/${functionName}:*`,
      },
    ],
  );

const tables = (product: Product, declared: FunctionDeclaration): Statement[] =>
  Object.entries(declared.tables).flatMap(([name, access]) => {
    const table = product.tables[name];
    if (!table) throw new Error(`no module declares the table ${name}`);
    const actions = [
      ...(access.includes('read') ? READ : []),
      ...(access.includes('append') ? APPEND : []),
      ...(access.includes('write') ? WRITE : []),
    ];
    const indexes = Object.keys(table.indexes).map((index) => ({
      'Fn::Sub': `\${${tableId(name)}.Arn}/index/${index}`,
    }));
    const queries = access.includes('read') && indexes.length > 0 ? [allow(['dynamodb:Query'], indexes)] : [];
    return [allow(actions, [arn(tableId(name))]), ...queries];
  });

const below = (actions: readonly string[], table: string, keys: string): Statement => ({
  ...allow(actions, [arn(tableId(table))]),
  Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [keys] } },
});

/** A machine's key is read at every request, and that it was used is noted elsewhere: only the module that keeps them writes keys. */
const machineKeys = ({ accessTable }: Product, { signedIn, readsKeys }: FunctionDeclaration): Statement[] => [
  ...(signedIn || readsKeys ? [below(['dynamodb:GetItem'], accessTable, 'APIKEY#*')] : []),
  ...(signedIn ? [below(['dynamodb:UpdateItem'], 'platform', 'KEYUSE#*')] : []),
];

/** Who lost access before their token ends: one partition of a table, read again every twenty seconds. */
const revocations = ({ accessTable }: Product, { signedIn }: FunctionDeclaration): Statement[] =>
  signedIn
    ? [
        {
          ...allow(['dynamodb:Query'], [arn(tableId(accessTable))]),
          Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['REVOCATIONS'] } },
        },
      ]
    : [];

/** Who is an admin is read, and held to in the transaction that stands on it: only identity writes it. */
const admins = ({ accessTable }: Product, { readsAdmins }: FunctionDeclaration): Statement[] =>
  readsAdmins ? [below(['dynamodb:GetItem', 'dynamodb:ConditionCheckItem'], accessTable, 'ADMINS')] : [];

/** Every function behind HTTP counts requests, and reads how many are too many. */
const requestCounts = ({ routes }: FunctionDeclaration): Statement[] =>
  routes.length > 0
    ? [
        {
          ...allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], [arn(tableId('platform'))]),
          Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['RATE#*'] } },
        },
      ]
    : [];

const frames = ({ stage }: Product, { sendsFrames }: FunctionDeclaration): Statement[] =>
  sendsFrames
    ? [
        allow(
          ['execute-api:ManageConnections'],
          ['POST', 'DELETE'].map((method) => ({
            'Fn::Sub': `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${${SOCKETS_API_ID}}/${stage}/${method}/@connections/*`,
          })),
        ),
      ]
    : [];

const secrets = (product: Product, declared: FunctionDeclaration): Statement[] =>
  declared.secrets ? [allow(['secretsmanager:GetSecretValue'], [masterSecretArn(product)])] : [];

const queues = (declared: FunctionDeclaration): Statement[] => [
  ...(declared.sends.length > 0
    ? [
        allow(
          ['sqs:SendMessage'],
          declared.sends.map((name) => arn(queueId(name))),
        ),
      ]
    : []),
  ...(declared.consumes.length > 0
    ? [
        allow(
          ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
          declared.consumes.map((name) => arn(queueId(name))),
        ),
      ]
    : []),
];

const buckets = (product: Product, declared: FunctionDeclaration): Statement[] =>
  Object.entries(declared.buckets).flatMap(([name, actions]) => {
    const bucket = product.buckets[name];
    if (!bucket) throw new Error(`no module declares the bucket ${name}`);
    return [
      allow(
        actions.map((action) => `s3:${action}`),
        [{ 'Fn::Sub': `\${${bucketId(name)}.Arn}/${bucket.prefix}*` }],
      ),
      // Without it S3 answers 403 for a missing object, and "not uploaded yet" would look like "not allowed".
      {
        ...allow(['s3:ListBucket'], [arn(bucketId(name))]),
        Condition: { StringLike: { 's3:prefix': `${bucket.prefix}*` } },
      },
    ];
  });

/** One role per function, with what its declaration names and no more. */
export const roles = (product: Product, own: ModuleDeclaration): Resources =>
  Object.fromEntries(
    Object.entries(own.functions).map(([name, declared]) => {
      const statements = [
        logs(`${product.service}-${product.stage}-${name}`),
        ...tables(product, declared),
        ...queues(declared),
        ...buckets(product, declared),
        ...machineKeys(product, declared),
        ...revocations(product, declared),
        ...admins(product, declared),
        ...requestCounts(declared),
        ...secrets(product, declared),
        ...frames(product, declared),
        ...(declared.sendsMail ? mailRights(product) : []),
      ];
      return [roleId(name), role(name, statements)];
    }),
  );

const role = (name: string, statements: readonly Statement[]): Resources[string] => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: ['lambda.amazonaws.com'] }, Action: ['sts:AssumeRole'] },
      ],
    },
    Policies: [{ PolicyName: name, PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
  },
});
