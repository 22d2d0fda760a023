import { DescribeTableCommand, DescribeTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { Template } from '../../../localstack/cloudformation.ts';
import { awsClients, provision } from '../../../localstack/provision.ts';
import { smallTemplate } from '../../support/aws/small-template.ts';

const endpoint = { url: process.env.ROTADESK_TEST_AWS ?? '', region: 'eu-central-1' };
const clients = awsClients(endpoint);
let count = 0;
/** Each test has names of its own in the shared stand-ins. */
const freshNames = () => {
  const stage = `p${process.pid}n${count++}`;
  return { rename: (name: string) => name.replace('local-', `${stage}-`) };
};

afterAll(() => {
  for (const client of Object.values(clients)) client.destroy();
});

const changed = (id: string, properties: Record<string, unknown>): Template => {
  const resource = smallTemplate.Resources[id]!;
  const Properties = { ...resource.Properties, ...properties };
  return { Resources: { ...smallTemplate.Resources, [id]: { ...resource, Properties } } };
};

test('environments of functions name what was made', async () => {
  const { ids, environments } = await provision(smallTemplate, endpoint, freshNames());
  expect(environments.WorkerFunction).toEqual({
    TABLE_THINGS: ids.Things?.ref,
    QUEUE_BASE: ids.Work?.ref.slice(0, -'work'.length),
    WORK_ARN: ids.Work?.attributes?.Arn,
    BUCKET_FILES: ids.Files?.ref,
    STAGE: 'local',
  });
  expect(ids.Work?.ref).toMatch(/\/p\d+n\d+-rotadesk-work$/);
});

test('a table has its keys, indexes and time to live', async () => {
  const { ids } = await provision(smallTemplate, endpoint, freshNames());
  const TableName = ids.Things?.ref;
  const { Table } = await clients.dynamo.send(new DescribeTableCommand({ TableName }));
  expect(Table?.KeySchema?.map(({ AttributeName }) => AttributeName)).toEqual(['pk', 'sk']);
  expect(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName)).toEqual(['byOwner']);
  const { TimeToLiveDescription } = await clients.dynamo.send(new DescribeTimeToLiveCommand({ TableName }));
  expect(TimeToLiveDescription).toMatchObject({ AttributeName: 'expiresAtSec', TimeToLiveStatus: 'ENABLED' });
});

test('a second time changes nothing and succeeds', async () => {
  const names = freshNames();
  const first = await provision(smallTemplate, endpoint, names);
  await expect(provision(smallTemplate, endpoint, names)).resolves.toEqual(first);
});

test('what the template changes on a queue reaches it', async () => {
  const names = freshNames();
  await provision(smallTemplate, endpoint, names);
  const { ids } = await provision(changed('Work', { VisibilityTimeout: 77 }), endpoint, names);
  const { Attributes } = await clients.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: ids.Work?.ref, AttributeNames: ['All'] }),
  );
  expect(Attributes).toMatchObject({ VisibilityTimeout: '77' });
  expect(JSON.parse(Attributes?.RedrivePolicy ?? '')).toMatchObject({
    deadLetterTargetArn: ids.WorkDead?.attributes?.Arn,
  });
});

test('an index which the template gains is added to a table with data', async () => {
  const names = freshNames();
  await provision(smallTemplate, endpoint, names);
  const indexes = smallTemplate.Resources.Things?.Properties?.GlobalSecondaryIndexes as object[];
  const byPlace = {
    IndexName: 'byPlace',
    KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }],
    Projection: { ProjectionType: 'ALL' },
  };
  const { ids } = await provision(
    changed('Things', { GlobalSecondaryIndexes: [...indexes, byPlace] }),
    endpoint,
    names,
  );
  const { Table } = await clients.dynamo.send(new DescribeTableCommand({ TableName: ids.Things?.ref }));
  expect(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName).sort()).toEqual([
    'byOwner',
    'byPlace',
  ]);
});

test('other keys than the data has are refused, not taken over', async () => {
  const names = freshNames();
  await provision(smallTemplate, endpoint, names);
  const KeySchema = [{ AttributeName: 'pk', KeyType: 'HASH' }];
  await expect(provision(changed('Things', { KeySchema }), endpoint, names)).rejects.toThrow(/other keys/);
});

test('a reference to what does not exist locally is named', async () => {
  const broken = changed('Work', {
    RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['WorkerRole', 'Arn'] } },
  });
  await expect(provision(broken, endpoint, freshNames())).rejects.toThrow('WorkerRole.Arn');
});
