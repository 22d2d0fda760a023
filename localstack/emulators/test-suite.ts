/**
 * `npm run test:localstack`: the integration suite against a LocalStack-compatible endpoint. Takes ROTADESK_TEST_ENDPOINT
 * if it is set, else LocalStack where a Docker engine answers or Python 3.13 is, else MiniStack. What follows `--` goes to jest.
 *
 * --emulator docker|localstack|ministack: this one alone.
 * --contracts: contracts.ts alone.
 * --if-possible: where none can be had, says so in one line and succeeds. Else that is a failure.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { endChild } from '../dynoxide.ts';
import { projectRoot } from '../places.ts';
import { CONTRACTS } from './contracts.ts';
import { type Emulator, NotToBeHad } from './emulator.ts';
import { LEFT_OUT } from './left-out.ts';
import { startLocalstack } from './localstack-container.ts';
import { startLocalstackHost } from './localstack-host.ts';
import { startMinistack } from './ministack.ts';

const IF_POSSIBLE = '--if-possible';
const CONTRACTS_ALONE = '--contracts';
const EMULATOR = '--emulator';
/** Nearly all of it is refused before AWS is asked anything: `npm test` tries twice as many, the night ten times. */
const BAD_INPUT_RUNS = '20';

const say = (text: string) => process.stderr.write(`${text}\n`);

const EMULATORS: Readonly<Record<string, (signal: AbortSignal) => Promise<Emulator>>> = {
  docker: startLocalstack,
  localstack: startLocalstackHost,
  ministack: (signal) => startMinistack({ region: 'eu-central-1', services: 'dynamodb,sqs,s3', signal }),
};

/** The one that is asked for, or the first that can be had. */
async function emulator(signal: AbortSignal, asked: string | undefined): Promise<Emulator> {
  const { ROTADESK_TEST_ENDPOINT: url } = process.env;
  if (url && asked === undefined)
    return { name: 'ROTADESK_TEST_ENDPOINT', url, ended: new Promise(() => {}), stop: async () => {} };
  const reasons: string[] = [];
  for (const [name, start] of Object.entries(EMULATORS)) {
    if (asked !== undefined && asked !== name) continue;
    try {
      return await start(signal);
    } catch (error) {
      if (!(error instanceof NotToBeHad)) throw error;
      reasons.push(error.message);
    }
  }
  throw new NotToBeHad(reasons.join('; '));
}

interface Wanted {
  readonly asked: string | undefined;
  readonly ifPossible: boolean;
  readonly forJest: readonly string[];
}

/** Ours are taken out of the arguments, the rest is jest's. */
function read(args: readonly string[]): Wanted {
  const at = args.indexOf(EMULATOR);
  const asked = at < 0 ? undefined : (args[at + 1] ?? '');
  if (asked !== undefined && !Object.hasOwn(EMULATORS, asked))
    throw new Error(`${EMULATOR} is one of ${Object.keys(EMULATORS).join(', ')}`);
  const ours = [IF_POSSIBLE, CONTRACTS_ALONE];
  const forJest = args.filter((each, i) => !ours.includes(each) && (at < 0 || (i !== at && i !== at + 1)));
  const chosen = `--testPathPatterns=integration/(${CONTRACTS.join('|')})\\.test\\.ts$`;
  return {
    asked,
    ifPossible: args.includes(IF_POSSIBLE),
    forJest: args.includes(CONTRACTS_ALONE) ? [...forJest, chosen] : forJest,
  };
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

async function runSuite({ name, url, ended }: Emulator, args: readonly string[], stopped: AbortSignal) {
  say(`The integration suite against ${name} at ${url}; left out:`);
  for (const { file, reason } of LEFT_OUT) say(`- ${file}: ${reason}`);
  const suite = startSuite(url, args);
  stopped.addEventListener('abort', () => void endChild(suite));
  let broken = false;
  void ended.then((word) => {
    broken = suite.exitCode === null && !stopped.aborted;
    if (broken) say(`${name} ended in the middle: ${word}`);
    return endChild(suite);
  });
  const [code] = await once(suite, 'exit');
  return broken ? 1 : Number(code ?? 1);
}

async function main(args: readonly string[], stopped: AbortSignal): Promise<number> {
  const { asked, ifPossible, forJest } = read(args);
  let aws: Emulator;
  try {
    aws = await emulator(stopped, asked);
  } catch (error) {
    if (!(error instanceof NotToBeHad)) throw error;
    say(`NOT RUN: the integration suite against LocalStack, as none can be had here. ${error.message}`);
    return ifPossible ? 0 : 1;
  }
  try {
    if (stopped.aborted) return 1;
    return await runSuite(aws, forJest, stopped);
  } finally {
    await aws.stop();
  }
}

const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopped.abort());
process.exit(await main(process.argv.slice(2), stopped.signal));
