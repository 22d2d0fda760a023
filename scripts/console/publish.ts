/** Puts a built console into its bucket. */
import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { SITE } from '../../infra/console/site.ts';
import { type ConsoleFile, type ConsoleFiles, PAGE } from '../../localstack/front/console-files.ts';
import { type Build, keptBuilds, needless } from './builds.ts';

const BUILDS = 'builds/';
const SITE_PREFIX = `${SITE}/`;

export interface Bucket {
  readonly s3: S3Client;
  readonly name: string;
}

export interface Published {
  readonly put: number;
  readonly removed: readonly string[];
}

const keysUnder = async ({ s3, name }: Bucket, prefix: string): Promise<string[]> => {
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2(
    { client: s3 },
    { Bucket: name, Prefix: prefix },
  ))
    keys.push(...Contents.flatMap(({ Key }) => Key ?? []));
  return keys.map((key) => key.slice(prefix.length));
};

const readBuild = async ({ s3, name }: Bucket, key: string): Promise<Build> => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: name, Key: BUILDS + key }));
  return JSON.parse((await Body?.transformToString()) ?? '') as Build;
};

const putFile = ({ s3, name }: Bucket, path: string, { bytes, headers }: ConsoleFile) =>
  s3.send(
    new PutObjectCommand({
      Bucket: name,
      Key: SITE + path,
      Body: bytes,
      ContentType: headers['content-type'],
      CacheControl: headers['cache-control'],
    }),
  );

/**
 * The page comes last, when all that it loads is there; what no build of the last thirty days needs goes after it. A run that
 * breaks off leaves the former page, and the next run does the rest.
 */
export const publishConsole = async (
  bucket: Bucket,
  files: ConsoleFiles,
  nowMs: number,
): Promise<Published> => {
  const page = files.get(PAGE);
  if (!page) throw new Error(`the console has no ${PAGE}: it was not built`);
  for (const [path, file] of files) if (path !== PAGE) await putFile(bucket, path, file);
  const at = new Date(nowMs).toISOString();
  const build: Build = { at, files: [...files.keys()].map((path) => path.slice(1)) };
  const record = { Bucket: bucket.name, Key: `${BUILDS}${at}.json`, Body: JSON.stringify(build) };
  await bucket.s3.send(new PutObjectCommand({ ...record, ContentType: 'application/json' }));
  await putFile(bucket, PAGE, page);
  const removed = await removeNeedless(bucket, nowMs);
  return { put: files.size, removed };
};

const removeNeedless = async (bucket: Bucket, nowMs: number): Promise<string[]> => {
  const records = await keysUnder(bucket, BUILDS);
  const builds = await Promise.all(records.map((key) => readBuild(bucket, key)));
  const kept = keptBuilds(builds, nowMs);
  const remove = (Key: string) => bucket.s3.send(new DeleteObjectCommand({ Bucket: bucket.name, Key }));
  const old = needless(await keysUnder(bucket, SITE_PREFIX), kept);
  for (const file of old) await remove(SITE_PREFIX + file);
  for (const { at } of builds.filter((build) => !kept.includes(build))) await remove(`${BUILDS}${at}.json`);
  return old;
};
