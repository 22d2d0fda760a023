import type { BucketDeclaration, Product, TableDeclaration } from './declaration.ts';
import { bucketId, type Resource, type Resources, ref, tableId, type Value } from './names.ts';

/** Removing the stack, or a change that replaces the resource, leaves the data where it is. */
const kept = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };

const keySchema = (partition: string, sort: string): Value => [
  { AttributeName: partition, KeyType: 'HASH' },
  { AttributeName: sort, KeyType: 'RANGE' },
];

const table = (product: Product, name: string, { indexes }: TableDeclaration): Resource => {
  const attributes = new Set([
    'pk',
    'sk',
    ...Object.values(indexes).flatMap(({ partition, sort }) => [partition, sort]),
  ]);
  return {
    Type: 'AWS::DynamoDB::Table',
    ...kept,
    Properties: {
      TableName: `${product.stage}-${product.service}-${name}`,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [...attributes].map((each) => ({ AttributeName: each, AttributeType: 'S' })),
      KeySchema: keySchema('pk', 'sk'),
      ...(Object.keys(indexes).length > 0 && {
        GlobalSecondaryIndexes: Object.entries(indexes).map(([index, { partition, sort, projection }]) => ({
          IndexName: index,
          KeySchema: keySchema(partition, sort),
          Projection: { ProjectionType: projection },
        })),
      }),
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'expiresAtSec', Enabled: true },
      DeletionProtectionEnabled: product.settings.deletionProtection === 'true',
    },
  };
};

export const tables = (product: Product): Resources =>
  Object.fromEntries(
    Object.entries(product.tables).map(([name, declared]) => [tableId(name), table(product, name, declared)]),
  );

const fromTheConsole = ({ settings }: Product): Value => ({
  CorsRules: [
    {
      AllowedOrigins: settings.corsOrigins.split(','),
      AllowedMethods: ['POST', 'GET'],
      AllowedHeaders: ['*'],
      MaxAge: 3600,
    },
  ],
});

const bucket = (product: Product, name: string, declared: BucketDeclaration): Resource => ({
  Type: 'AWS::S3::Bucket',
  ...kept,
  Properties: {
    BucketName: { 'Fn::Sub': `${product.stage}-${product.service}-${name}-\${AWS::AccountId}` },
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
    },
    ...(declared.browsers && { CorsConfiguration: fromTheConsole(product) }),
    LifecycleConfiguration: {
      Rules: [
        {
          Id: 'incomplete',
          Status: 'Enabled',
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
        },
        ...Object.entries(declared.expiresAfterDays).map(([prefix, days]) => ({
          Id: `expire ${prefix}`,
          Status: 'Enabled',
          Prefix: prefix,
          ExpirationInDays: days,
        })),
      ],
    },
  },
});

/** Whoever holds a presigned address still may not use it over plain HTTP. */
const bucketPolicy = (name: string, { prefix }: BucketDeclaration): Resource => ({
  Type: 'AWS::S3::BucketPolicy',
  Properties: {
    Bucket: ref(bucketId(name)),
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'TlsOnly',
          Effect: 'Deny',
          Principal: '*',
          Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
          Resource: [{ 'Fn::Sub': `\${${bucketId(name)}.Arn}/${prefix}*` }],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    },
  },
});

export const buckets = (product: Product): Resources =>
  Object.assign(
    {},
    ...Object.entries(product.buckets).map(([name, declared]) => ({
      [bucketId(name)]: bucket(product, name, declared),
      [`${bucketId(name)}Policy`]: bucketPolicy(name, declared),
    })),
  );
