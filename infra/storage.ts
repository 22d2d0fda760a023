import type { BucketDeclaration, ModuleDeclaration, Product, TableDeclaration } from './declaration.ts';
import { bucketId, KEPT, type Resource, type Resources, ref, tableId, type Value } from './names.ts';

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
    ...KEPT,
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

export const tables = (product: Product, own: ModuleDeclaration): Resources =>
  Object.fromEntries(
    Object.entries(own.tables).map(([name, declared]) => [tableId(name), table(product, name, declared)]),
  );

const consoleOrigins = ({ corsOrigins, consoleDomain }: Product['settings']): string[] => [
  ...corsOrigins.split(','),
  ...(consoleDomain ? [`https://${consoleDomain}`] : []),
];

const fromTheConsole = ({ settings }: Product): Value => ({
  CorsRules: [
    {
      AllowedOrigins: consoleOrigins(settings),
      AllowedMethods: ['POST', 'GET'],
      AllowedHeaders: ['*'],
      MaxAge: 3600,
    },
  ],
});

const rule = (id: string, action: Record<string, Value>): Record<string, Value> => ({
  Id: id,
  Status: 'Enabled',
  ...action,
});

/** In a bucket with versions an expiry only hides the object: its last version goes a day later, and then the marker. */
const versionRules = (days: number, prefixes: readonly string[]): Value[] => [
  rule('old versions', { NoncurrentVersionExpiration: { NoncurrentDays: days } }),
  ...prefixes.map((prefix) =>
    rule(`old versions ${prefix}`, {
      Prefix: prefix,
      NoncurrentVersionExpiration: { NoncurrentDays: 1 },
    }),
  ),
  rule('markers', { ExpiredObjectDeleteMarker: true }),
];

const lifecycle = ({ expiresAfterDays, keepsVersionsDays }: BucketDeclaration): Value[] => [
  rule('incomplete', { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }),
  ...Object.entries(expiresAfterDays).map(([prefix, days]) =>
    rule(`expire ${prefix}`, { Prefix: prefix, ExpirationInDays: days }),
  ),
  ...(keepsVersionsDays ? versionRules(keepsVersionsDays, Object.keys(expiresAfterDays)) : []),
];

const bucket = (product: Product, name: string, declared: BucketDeclaration): Resource => ({
  Type: 'AWS::S3::Bucket',
  ...KEPT,
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
    ...(declared.keepsVersionsDays && { VersioningConfiguration: { Status: 'Enabled' } }),
    LifecycleConfiguration: { Rules: lifecycle(declared) },
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

export const buckets = (product: Product, own: ModuleDeclaration): Resources =>
  Object.assign(
    {},
    ...Object.entries(own.buckets).map(([name, declared]) => ({
      [bucketId(name)]: bucket(product, name, declared),
      [`${bucketId(name)}Policy`]: bucketPolicy(name, declared),
    })),
  );
