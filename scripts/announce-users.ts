/**
 * Publishes every user again, for a module that subscribed after users were created.
 * `npm run announce-users [-- --stage prod] [--region eu-central-1]`
 * Repeating it is harmless: subscribers ignore what is no newer than what they have. Rights: to read the table
 * `identity`, to write `platform`, and to send to the queues `notifications-events` and `desk-events`.
 */
import { parseArgs } from 'node:util';
import { SQSClient } from '@aws-sdk/client-sqs';
import { announceUsers } from '../lib/identity/users/announce-users.ts';
import { createRuntime } from '../lib/platform/open-runtime.ts';
import { goTo } from './go-to-stage.ts';
import { stageEnvironment } from './stage-environment.ts';

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: { stage: { type: 'string', default: 'local' }, region: { type: 'string' } },
  });
  goTo(values.stage, values.region);
  const rt = createRuntime(await stageEnvironment(new SQSClient({}), values.stage));
  console.log(`${await announceUsers(rt)} users of ${values.stage} were announced.`);
};

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
