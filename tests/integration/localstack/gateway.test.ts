import { GetObjectCommand } from '@aws-sdk/client-s3';
import { PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { startAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';

let rt: TestRuntime;
beforeAll(async () => {
  rt = await testRuntime(await startAws());
});

test('a file goes up by a presigned POST and comes down by a presigned GET, with nothing but HTTP', async () => {
  const Bucket = rt.env.BUCKET_UPLOADS ?? '';
  const Key = 'uploads/photo.txt';
  const Conditions = [['content-length-range' as const, 1, 100] as [string, number, number]];
  // Signing asks the store nothing, which makes what is first asked for.
  await rt.aws.ensure({ BucketName: [Bucket] });
  const { url, fields } = await createPresignedPost(rt.s3, { Bucket, Key, Conditions: Conditions as never });
  expect(new URL(url).host).toBe(new URL(rt.aws.url).host);
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob(['what the client sent']), 'photo.txt');
  const posted = await fetch(url, { method: 'POST', body: form });
  expect(posted.status).toBe(204);
  const got = await fetch(await getSignedUrl(rt.s3, new GetObjectCommand({ Bucket, Key })));
  expect(await got.text()).toBe('what the client sent');
});

test('errors of the store come through as they are', async () => {
  const TableName = rt.env.TABLE_DESK;
  const Item = { pk: 'A', sk: 'A' };
  const put = { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' };
  await rt.dynamo.send(new PutCommand(put));
  await expect(rt.dynamo.send(new PutCommand(put))).rejects.toMatchObject({
    name: 'ConditionalCheckFailedException',
  });
  const transaction = new TransactWriteCommand({ TransactItems: [{ Put: put }] });
  await expect(rt.dynamo.send(transaction)).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [{ Code: 'ConditionalCheckFailed' }],
  });
});
