/**
 * Makes the first admin of a stage; it works only while there is none.
 * `npm run first-admin -- --phone "+7 916 123-45-67" --name "Ada" [--stage prod] [--region eu-central-1]`
 * The stage `local` is the run of `npm start`; any other is reached with your own AWS credentials, which need rights on the
 * tables `identity` and `platform` and on the queues `notices` and `audit`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SQSClient } from '@aws-sdk/client-sqs';
import { USER_CHANGED } from '../lib/identity/events.ts';
import { makeFirstAdmin } from '../lib/identity/staff/create-account.ts';
import { AUDIT_RECORDED } from '../lib/platform/audit.ts';
import { AppError } from '../lib/platform/errors.ts';
import { maskPhone } from '../lib/platform/mask-phone.ts';
import { createRuntime } from '../lib/platform/runtime.ts';
import { dataDir } from '../localstack/places.ts';
import { LOCAL_CREDENTIALS } from '../localstack/provision.ts';
import { stageEnvironment } from './stage-environment.ts';

const LOCAL = 'local';
const LOCAL_REGION = 'eu-central-1';
const USAGE = 'usage: npm run first-admin -- --phone "+…" --name "…" [--stage local] [--region …]';

/** The SDK reads where to go from the environment; a run on this machine says it in a file. */
const goTo = (stage: string, region: string | undefined): void => {
  if (region) process.env.AWS_REGION = region;
  if (stage !== LOCAL) return;
  const { aws } = JSON.parse(readFileSync(join(dataDir(), 'addresses.json'), 'utf8')) as { aws: string };
  process.env.AWS_ENDPOINT_URL = aws;
  process.env.AWS_REGION = LOCAL_REGION;
  process.env.AWS_ACCESS_KEY_ID = LOCAL_CREDENTIALS.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = LOCAL_CREDENTIALS.secretAccessKey;
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      phone: { type: 'string' },
      name: { type: 'string' },
      stage: { type: 'string', default: LOCAL },
      region: { type: 'string' },
    },
  });
  const { phone, name, stage, region } = values;
  if (!phone || !name?.trim()) throw new Error(USAGE);
  goTo(stage, region);
  const rt = createRuntime(await stageEnvironment(new SQSClient({}), stage, [USER_CHANGED, AUDIT_RECORDED]));
  const user = await makeFirstAdmin(rt, { phone, name: name.trim() });
  console.log(`${user.id} (${maskPhone(user.phone)}) is an admin of ${stage} and signs in by this phone.`);
};

main().catch((error: unknown) => {
  const details = error instanceof AppError ? (error.details ?? []) : [];
  const message = error instanceof Error ? error.message : String(error);
  console.error([...new Set([message, ...details.map((each) => `--phone ${each.message}`)])].join('\n'));
  process.exitCode = 1;
});
