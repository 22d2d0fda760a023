/**
 * `npm run deploy:ministack`: all stacks by the script that deploys to AWS, into MiniStack, with the local sign-ins. Stays until
 * Ctrl-C, and nothing is kept. `-- --once`: checks what is deployed (see ./deployed-checks.ts) and ends, with 1 if it failed.
 */
import { once } from 'node:events';
import { runStacks, type StackRun } from '../../scripts/stacks/run-stacks.ts';
import { dataDir } from '../places.ts';
import { LOCAL_CREDENTIALS } from '../provision.ts';
import { seed } from '../seed.ts';
import { LOCAL_AUDIENCE, LOCAL_ISSUER, localJwks } from '../tokens.ts';
import { changeOneModule, example, receivesFromOtherStacks } from './deployed-checks.ts';
import { type Emulator, NotToBeHad } from './emulator.ts';
import { startMinistack } from './ministack.ts';

const REGION = 'eu-central-1';

const say = (text: string) => process.stderr.write(`${text}\n`);

/** What every run of the script has there. */
async function deployment(awsUrl: string, signal: AbortSignal): Promise<Omit<StackRun, 'command'>> {
  const settings = {
    authIssuer: LOCAL_ISSUER,
    authAudience: LOCAL_AUDIENCE,
    authJwks: await localJwks(),
  };
  // A profile or a region of the user's must not take it to a real account.
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  return {
    options: [
      '--stage=local',
      `--region=${REGION}`,
      ...Object.entries(settings).map(([name, value]) => `--param=${name}=${value}`),
    ],
    env: {
      ...Object.fromEntries(own),
      AWS_ENDPOINT_URL: awsUrl,
      AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    },
    signal,
    say,
  };
}

/** The addresses that osls prints are those of AWS. */
async function apiAddress(awsUrl: string): Promise<string> {
  const answer = await fetch(`${awsUrl}/v2/apis`);
  const { items } = (await answer.json()) as { items: readonly { apiId: string }[] };
  return `${awsUrl}/_aws/execute-api/${items[0]?.apiId}`;
}

async function check(api: string, awsUrl: string, stacks: Omit<StackRun, 'command'>): Promise<void> {
  console.log(`The executor has the ticket ${await example(api)}.`);
  console.log(
    `The audit log, of another stack, has ${await receivesFromOtherStacks(api)} entries of the desk.`,
  );
  await changeOneModule({ awsUrl, region: REGION, stacks });
  console.log(
    `One module was changed alone and taken back; it answers with ${await receivesFromOtherStacks(api)}.`,
  );
}

async function run({ name, url, ended }: Emulator, isOnce: boolean, asked: AbortSignal): Promise<void> {
  say(`Deploying into ${name} at ${url} …`);
  const stacks = await deployment(url, asked);
  await runStacks({ ...stacks, command: 'deploy' });
  const api = await apiAddress(url);
  await seed(api, { aws: url, directory: dataDir() });
  console.log(`API ${api}\nAWS ${url}   (AWS_ENDPOINT_URL)`);
  if (isOnce) return check(api, url, stacks);
  say('Ctrl-C ends it; nothing is kept.');
  await Promise.race([once(asked, 'abort'), ended.then((word) => Promise.reject(new Error(word)))]);
}

async function main(isOnce: boolean, asked: AbortSignal): Promise<number> {
  let aws: Emulator | undefined;
  try {
    aws = await startMinistack({ region: REGION, signal: asked });
    if (!asked.aborted) await run(aws, isOnce, asked);
    return 0;
  } catch (error) {
    if (asked.aborted) return 1;
    say(error instanceof NotToBeHad ? error.message : String(error));
    return 1;
  } finally {
    await aws?.stop();
  }
}

const asked = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => asked.abort());
process.exit(await main(process.argv.includes('--once'), asked.signal));
