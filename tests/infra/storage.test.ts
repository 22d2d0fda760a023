import { moduleDefinitions } from '../../infra/module-definitions.ts';
import { type Json, ofType, the } from './support/packaged.ts';

/** Whatever was made by a deployment that failed may go, or the next one would find its name taken. */
const KEPT = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' };
const tables = ofType('AWS::DynamoDB::Table');

test('each module that keeps something has the table of its definition, and there is no other', async () => {
  const kept = (await moduleDefinitions()).flatMap(({ table }) => table ?? []);
  expect(kept).toContain('desk');
  const names = tables.map(([, { Properties }]) => Properties.TableName);
  expect(names.toSorted()).toEqual(kept.map((table) => `dev-rotadesk-${table}`).toSorted());
});

describe.each(tables)('%s', (_, table) => {
  test('can be brought back to any second, and is encrypted', () => {
    expect(table.Properties).toMatchObject({
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true },
    });
  });

  test('outlives its stack', () => {
    expect(table).toMatchObject(KEPT);
    expect(table.Properties.DeletionProtectionEnabled).toBe(true);
  });

  test('is paid by use, and forgets rubbish by itself', () => {
    expect(table.Properties.BillingMode).toBe('PAY_PER_REQUEST');
    expect(table.Properties.TimeToLiveSpecification).toEqual({
      AttributeName: 'expiresAtSec',
      Enabled: true,
    });
  });

  test('declares the attributes of its keys and indexes, no more and no fewer', () => {
    const { KeySchema, GlobalSecondaryIndexes = [], AttributeDefinitions } = table.Properties;
    const keys = [KeySchema, ...GlobalSecondaryIndexes.map((index: Json) => index.KeySchema)].flat();
    const used = new Set(keys.map((each: Json) => each.AttributeName));
    expect(AttributeDefinitions.map((each: Json) => each.AttributeName).sort()).toEqual([...used].sort());
  });
});

const buckets = ['UploadsBucket', 'EmailsBucket'];

test('there is a bucket for files and one for e-mails', () => {
  const declared = ofType('AWS::S3::Bucket').map(([id]) => id);
  expect(declared.filter((id) => id !== 'ServerlessDeploymentBucket').sort()).toEqual(buckets.toSorted());
});

test.each(buckets)('%s is private, encrypted and outlives its stack', (id) => {
  const bucket = the(id);
  expect(bucket.Properties.PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  });
  const [rule] = bucket.Properties.BucketEncryption.ServerSideEncryptionConfiguration;
  expect(rule.ServerSideEncryptionByDefault.SSEAlgorithm).toBe('AES256');
  expect(bucket).toMatchObject(KEPT);
});

test('no page reads or writes e-mails', () => {
  expect(the('EmailsBucket').Properties).not.toHaveProperty('CorsConfiguration');
});

describe('the bucket of uploads', () => {
  const bucket = () => the('UploadsBucket');

  test('takes posts from the console’s origin only', () => {
    const [rule] = bucket().Properties.CorsConfiguration.CorsRules;
    expect(rule.AllowedMethods).toContain('POST');
    expect(rule.AllowedOrigins).not.toContain('*');
  });

  test('refuses plain HTTP', () => {
    const [statement] = the('UploadsBucketPolicy').Properties.PolicyDocument.Statement;
    expect(statement).toMatchObject({
      Effect: 'Deny',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
  });

  test('does not keep what nothing uses, and keeps what something does', () => {
    const rules: Json[] = bucket().Properties.LifecycleConfiguration.Rules;
    const expiring = rules.filter((rule) => rule.ExpirationInDays);
    expect(expiring.map(({ Prefix, ExpirationInDays }) => [Prefix, ExpirationInDays])).toEqual([
      ['uploads/pending/', 2],
    ]);
  });

  test('keeps what clients sent for a while after it was overwritten or removed, and what nothing used for a day', () => {
    expect(bucket().Properties.VersioningConfiguration).toEqual({ Status: 'Enabled' });
    const rules: Json[] = bucket().Properties.LifecycleConfiguration.Rules;
    const old = rules.flatMap(({ Prefix, NoncurrentVersionExpiration: after }) =>
      after ? [[Prefix, after.NoncurrentDays]] : [],
    );
    expect(old).toEqual([
      [undefined, 30],
      ['uploads/pending/', 1],
    ]);
    // An expiry in a bucket with versions leaves a marker, and S3 takes no other action beside its removal.
    expect(rules).toContainEqual({ Id: 'markers', Status: 'Enabled', ExpiredObjectDeleteMarker: true });
  });

  test('does not keep what was never finished', () => {
    const rules = bucket().Properties.LifecycleConfiguration.Rules;
    expect(rules).toContainEqual(
      expect.objectContaining({
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
        Status: 'Enabled',
      }),
    );
  });
});
