import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { type ConsoleFiles, consoleFile } from '../../../localstack/front/console-files.ts';
import { publishConsole } from '../../../scripts/console/publish.ts';

const DAY_MS = 24 * 3600 * 1000;
const NOW = Date.parse('2026-11-29T12:00:00.000Z');
const s3 = new S3Client({
  endpoint: process.env.ROTADESK_TEST_AWS ?? '',
  region: 'eu-central-1',
  forcePathStyle: true,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});
const name = `console-${process.pid}-${Math.floor(performance.now())}`;
const bucket = { s3, name };
beforeAll(async () => {
  await s3.send(new CreateBucketCommand({ Bucket: name }));
});
afterAll(() => s3.destroy());

const built = (asset: string): ConsoleFiles =>
  new Map(
    [`/assets/${asset}.js`, '/favicon.svg', '/index.html'].map((path) => [
      path,
      consoleFile(path, Buffer.from(`${asset} ${path}`)),
    ]),
  );
const keys = async () => {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: name, Prefix: 'site/' }));
  return Contents.map(({ Key }) => Key).toSorted();
};

test('a console goes up with its types and ages, and the page of the newest build is shown', async () => {
  await publishConsole(bucket, built('one'), NOW - 100 * DAY_MS);
  await publishConsole(bucket, built('two'), NOW - 20 * DAY_MS);
  const page = await s3.send(new GetObjectCommand({ Bucket: name, Key: 'site/index.html' }));
  expect(await page.Body?.transformToString()).toBe('two /index.html');
  expect([page.ContentType, page.CacheControl]).toEqual(['text/html; charset=utf-8', 'no-cache']);
  const script = await s3.send(new GetObjectCommand({ Bucket: name, Key: 'site/assets/two.js' }));
  expect([script.ContentType, script.CacheControl]).toEqual([
    'text/javascript; charset=utf-8',
    'public, max-age=31536000, immutable',
  ]);
});

test('parts of earlier builds stay for thirty days after another took their place, and then go', async () => {
  expect(await keys()).toContain('site/assets/one.js');
  const third = await publishConsole(bucket, built('three'), NOW);
  expect(third).toEqual({ put: 3, removed: [] });
  const fourth = await publishConsole(bucket, built('four'), NOW + 11 * DAY_MS);
  expect(fourth.removed).toEqual(['assets/one.js']);
  expect(await keys()).toEqual([
    'site/assets/four.js',
    'site/assets/three.js',
    'site/assets/two.js',
    'site/favicon.svg',
    'site/index.html',
  ]);
});

test('what was not built is not published', async () => {
  await expect(publishConsole(bucket, new Map(), NOW)).rejects.toThrow('was not built');
});
