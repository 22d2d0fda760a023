/**
 * Makes the first admin of a stage; it works only while there is none.
 * `npm run first-admin -- --phone "+7 916 123-45-67" --name "Ada" [--stage prod] [--region eu-central-1]`
 * The stage `local` is the run of `npm start`; any other is reached with your own AWS credentials, which need rights on the
 * tables `identity` and `platform` and on the queues `notifications-events`, `desk-events` and `audit-events`.
 */
import { parseArgs } from 'node:util';
import { SQSClient } from '@aws-sdk/client-sqs';
import { makeFirstAdmin } from '../lib/identity/users/create-user.ts';
import { AppError } from '../lib/platform/errors.ts';
import { maskPhone } from '../lib/platform/mask-phone.ts';
import { createRuntime } from '../lib/platform/open-runtime.ts';
import { goTo } from './go-to-stage.ts';
import { stageEnvironment } from './stage-environment.ts';

const LOCAL = 'local';
const USAGE = 'usage: npm run first-admin -- --phone "+…" --name "…" [--stage local] [--region …]';

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
  const rt = createRuntime(await stageEnvironment(new SQSClient({}), stage));
  const user = await makeFirstAdmin(rt, { phone, name: name.trim() });
  console.log(`${user.id} (${maskPhone(user.phone)}) is an admin of ${stage} and signs in by this phone.`);
};

main().catch((error: unknown) => {
  const details = error instanceof AppError ? (error.details ?? []) : [];
  const message = error instanceof Error ? error.message : String(error);
  console.error([...new Set([message, ...details.map((each) => `--phone ${each.message}`)])].join('\n'));
  process.exitCode = 1;
});
