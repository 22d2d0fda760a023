/**
 * `npm run deploy:ministack`: the whole product by `serverless deploy` into MiniStack, as it would go to AWS, with the local
 * sign-ins. Stays until Ctrl-C, and nothing is kept. `-- --once`: runs the README's example there and ends, with 1 if it failed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endChild } from '../dynoxide.ts';
import { type PersonName, people } from '../people.ts';
import { dataDir, projectRoot } from '../places.ts';
import { LOCAL_CREDENTIALS } from '../provision.ts';
import { seed } from '../seed.ts';
import { LOCAL_AUDIENCE, LOCAL_ISSUER, localJwks, localToken } from '../tokens.ts';
import { type Emulator, NotToBeHad } from './emulator.ts';
import { startMinistack } from './ministack.ts';

const REGION = 'eu-central-1';
const TICKET_WITHIN_MS = 60_000;

const say = (text: string) => process.stderr.write(`${text}\n`);

async function deploy(awsUrl: string, asked: AbortSignal): Promise<void> {
  const settings = {
    authIssuer: LOCAL_ISSUER,
    authAudience: LOCAL_AUDIENCE,
    authJwks: await localJwks(),
  };
  const parameters = Object.entries(settings).map(([name, value]) => `--param=${name}=${value}`);
  const serverless = join(projectRoot, 'node_modules/serverless/bin/serverless.js');
  // A profile or a region of the user's must not take it to a real account.
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  const child = spawn(
    process.execPath,
    [serverless, 'deploy', '--stage', 'local', '--region', REGION, ...parameters],
    {
      cwd: projectRoot,
      stdio: ['ignore', 2, 2],
      env: {
        ...Object.fromEntries(own),
        AWS_ENDPOINT_URL: awsUrl,
        AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
        AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
      },
    },
  );
  asked.addEventListener('abort', () => void endChild(child));
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('serverless deploy failed; see above');
}

/** The addresses that osls prints are those of AWS. */
async function apiAddress(awsUrl: string): Promise<string> {
  const answer = await fetch(`${awsUrl}/v2/apis`);
  const { items } = (await answer.json()) as { items: readonly { apiId: string }[] };
  return `${awsUrl}/_aws/execute-api/${items[0]?.apiId}`;
}

/** The README's: an executor comes online, a client writes, the executor has the ticket. */
async function example(api: string): Promise<string> {
  const ask = async (name: PersonName, method: string, path: string, body?: object) => {
    const headers = {
      authorization: `Bearer ${await localToken(people[name])}`,
      'content-type': 'application/json',
      'idempotency-key': 'first',
    };
    const answer = await fetch(`${api}${path}`, { method, headers, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  await ask('executor-1', 'PUT', '/v1/executors/me/presence', { presence: 'online' });
  await ask('client', 'POST', '/v1/messages', { text: 'The heating is cold.' });
  const deadline = Date.now() + TICKET_WITHIN_MS;
  while (Date.now() < deadline) {
    const { items } = (await ask('executor-1', 'GET', '/v1/tickets?held=now')) as {
      items: { ticketId: string }[];
    };
    if (items[0]) return items[0].ticketId;
    await sleep(200);
  }
  throw new Error(`the executor had no ticket within ${TICKET_WITHIN_MS / 1000} s`);
}

async function run({ name, url, ended }: Emulator, isOnce: boolean, asked: AbortSignal): Promise<void> {
  say(`Deploying into ${name} at ${url} …`);
  await deploy(url, asked);
  const api = await apiAddress(url);
  await seed(api, { aws: url, directory: dataDir() });
  console.log(`API ${api}\nAWS ${url}   (AWS_ENDPOINT_URL)`);
  if (isOnce) return console.log(`The executor has the ticket ${await example(api)}.`);
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
