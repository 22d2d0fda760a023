/**
 * `npm run test:localstack`: the integration suite against a LocalStack-compatible endpoint. Takes ROTADESK_TEST_ENDPOINT
 * if it is set, else LocalStack where a Docker engine answers, else MiniStack. What follows `--` goes to jest.
 *
 * --if-possible: where none can be had, says so in one line and succeeds. Else that is a failure.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { endChild } from '../dynoxide.ts';
import { projectRoot } from '../places.ts';
import { type Emulator, NotToBeHad } from './emulator.ts';
import { LEFT_OUT } from './left-out.ts';
import { startLocalstack } from './localstack-container.ts';
import { startMinistack } from './ministack.ts';

const IF_POSSIBLE = '--if-possible';
/** Nearly all of it is refused before AWS is asked anything: `npm test` tries ten times as many. */
const BAD_INPUT_RUNS = '20';

const say = (text: string) => process.stderr.write(`${text}\n`);

async function emulator(signal: AbortSignal): Promise<Emulator> {
  const { ROTADESK_TEST_ENDPOINT: url } = process.env;
  if (url) return { name: 'ROTADESK_TEST_ENDPOINT', url, ended: new Promise(() => {}), stop: async () => {} };
  const reasons: string[] = [];
  const ways = [
    () => startLocalstack(signal),
    () => startMinistack({ region: 'eu-central-1', services: 'dynamodb,sqs,s3', signal }),
  ];
  for (const start of ways) {
    try {
      return await start();
    } catch (error) {
      if (!(error instanceof NotToBeHad)) throw error;
      reasons.push(error.message);
    }
  }
  throw new NotToBeHad(reasons.join('; '));
}

function startSuite(url: string, args: readonly string[]) {
  const { BAD_INPUT_RUNS: runs = BAD_INPUT_RUNS } = process.env;
  say(`BAD_INPUT_RUNS=${runs}`);
  const ignored = LEFT_OUT.map(({ file }) => `--testPathIgnorePatterns=/${file}$`);
  const jest = join(projectRoot, 'node_modules/jest/bin/jest.js');
  return spawn(process.execPath, [jest, '--selectProjects', 'integration', ...ignored, ...args], {
    cwd: projectRoot,
    stdio: 'inherit',
    env: { ...process.env, ROTADESK_TEST_ENDPOINT: url, BAD_INPUT_RUNS: runs },
  });
}

async function runSuite({ name, url, ended }: Emulator, args: readonly string[], asked: AbortSignal) {
  say(`The integration suite against ${name} at ${url}; left out:`);
  for (const { file, reason } of LEFT_OUT) say(`- ${file}: ${reason}`);
  const suite = startSuite(url, args);
  asked.addEventListener('abort', () => void endChild(suite));
  let broken = false;
  void ended.then((word) => {
    broken = suite.exitCode === null && !asked.aborted;
    if (broken) say(`${name} ended in the middle: ${word}`);
    return endChild(suite);
  });
  const [code] = await once(suite, 'exit');
  return broken ? 1 : Number(code ?? 1);
}

async function main(args: string[], asked: AbortSignal): Promise<number> {
  let aws: Emulator;
  try {
    aws = await emulator(asked);
  } catch (error) {
    if (!(error instanceof NotToBeHad)) throw error;
    say(`NOT RUN: the integration suite against LocalStack, as none can be had here. ${error.message}`);
    return args.includes(IF_POSSIBLE) ? 0 : 1;
  }
  try {
    if (asked.aborted) return 1;
    const forJest = args.filter((each) => each !== IF_POSSIBLE);
    return await runSuite(aws, forJest, asked);
  } finally {
    await aws.stop();
  }
}

const asked = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => asked.abort());
process.exit(await main(process.argv.slice(2), asked.signal));
