/**
 * `npm run console:deploy -- --stage prod [--region eu-central-1] [--aws-profile firm]`: builds the console and puts it into the bucket
 * of the stack `console`, which must be there (docs/operations.md).
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { consoleBucketPrefix } from '../../infra/console/site.ts';
import { readConsoleFiles } from '../../localstack/front/console-files.ts';
import { publishConsole } from './publish.ts';

const root = join(import.meta.dirname, '../..');
const SERVICE = 'rotadesk';

const { values } = parseArgs({
  options: {
    stage: { type: 'string', default: 'dev' },
    region: { type: 'string', default: 'eu-central-1' },
    'aws-profile': { type: 'string' },
  },
});
const { stage, region, 'aws-profile': profile } = values;

/** The account's number is in the name, and only the account can say it. */
const bucketOf = async (s3: S3Client): Promise<string> => {
  const prefix = consoleBucketPrefix(stage, SERVICE);
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({ Prefix: prefix }));
  const [name, ...others] = Buckets.flatMap(({ Name }) => Name ?? []);
  if (name !== undefined && others.length === 0) return name;
  throw new Error(`there is no bucket ${prefix}<account>: deploy the stack console first`);
};

execFileSync(process.execPath, [join(root, 'scripts/console/build.ts')], { stdio: 'inherit' });
const s3 = new S3Client({ region, ...(profile !== undefined && { profile }) });
try {
  const name = await bucketOf(s3);
  const { put, removed } = await publishConsole(
    { s3, name },
    readConsoleFiles(join(root, 'console/dist')),
    Date.now(),
  );
  console.log(`${name}: ${put} files put, ${removed.length} of earlier builds removed`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  s3.destroy();
}
