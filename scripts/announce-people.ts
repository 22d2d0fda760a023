/**
 * Tells other modules of every account again, for one that began to listen after accounts were made.
 * `npm run announce-people [-- --stage prod] [--region eu-central-1]`
 * Repeating it is harmless: whoever listens ignores what is no newer than what they know. Rights: to read the table
 * `identity`, to write `platform`, and to send to the queues `notifications-events` and `desk-events`.
 */
import { parseArgs } from 'node:util';
import { SQSClient } from '@aws-sdk/client-sqs';
import { announcePeople } from '../lib/identity/staff/announce-people.ts';
import { createRuntime } from '../lib/platform/open-runtime.ts';
import { goTo } from './go-to-stage.ts';
import { stageEnvironment } from './stage-environment.ts';

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: { stage: { type: 'string', default: 'local' }, region: { type: 'string' } },
  });
  goTo(values.stage, values.region);
  const rt = createRuntime(await stageEnvironment(new SQSClient({}), values.stage));
  console.log(`${await announcePeople(rt)} accounts of ${values.stage} were announced.`);
};

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
