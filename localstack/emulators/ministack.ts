/** MiniStack from PyPI: answers as LocalStack does, needs Python 3.10 with venv, no Docker. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endChild } from '../dynoxide.ts';
import { fingerprint } from '../fingerprint.ts';
import { cacheDir, projectRoot } from '../places.ts';
import { freePort } from '../ports.ts';
import { tryCommand } from './commands.ts';
import { type Emulator, lastLine, NotToBeHad } from './emulator.ts';

const HERE = 'localstack/emulators';
const REQUIREMENTS = `${HERE}/ministack-requirements.txt`;
const VENV_WITHIN_MS = 120_000;
const INSTALL_WITHIN_MS = 300_000;
const READY_WITHIN_MS = 60_000;
const KEPT_CHARS = 4_000;

export interface MinistackOptions {
  readonly region: string;
  /** Services to start, comma between; nothing: all of them. */
  readonly services?: string;
  /** 0 or nothing: any free one. */
  readonly port?: number;
  /** Gives up installing. */
  readonly signal?: AbortSignal;
}

/** Starts it on 127.0.0.1, in memory; installs it first when it is not there. @throws NotToBeHad */
export async function startMinistack(options: MinistackOptions): Promise<Emulator> {
  const python = await installed(options.signal);
  const port = options.port || (await freePort());
  const room = mkdtempSync(join(tmpdir(), 'rotadesk-ministack-'));
  const child = spawn(python, [join(projectRoot, HERE, 'tied-ministack.py')], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...settings(options, port, room) },
  });
  const said = listen(child);
  const ended = once(child, 'exit').then(() => {
    rmSync(room, { recursive: true, force: true });
    return lastLine(said());
  });
  const url = `http://127.0.0.1:${port}`;
  await untilReady(url, child, said);
  return { name: `MiniStack ${version()}`, url, ended, stop: () => endChild(child).then(() => void ended) };
}

const version = (): string =>
  /^ministack==(.+)$/m.exec(readFileSync(join(projectRoot, REQUIREMENTS), 'utf8'))?.[1] ?? 'of no version';

function settings({ region, services }: MinistackOptions, port: number, room: string) {
  return {
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    MINISTACK_REGION: region,
    LOG_LEVEL: 'WARNING',
    TMPDIR: room,
    // Functions run on the Node that it finds first.
    PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`,
    NODE_OPTIONS: `--require=${join(projectRoot, HERE, 'resolve-cjs.cjs')}`,
    IOT_MTLS_ENABLED: '0',
    SFTP_ENABLED: '0',
    ...(services === undefined ? {} : { SERVICES: services }),
  };
}

/** @returns what it said last; a pipe that nobody empties would stop it. */
function listen(child: ChildProcess): () => string {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      said = (said + String(chunk)).slice(-KEPT_CHARS);
    });
  }
  return () => said;
}

async function untilReady(url: string, child: ChildProcess, said: () => string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    if (await answers(url)) return;
    await sleep(50);
  }
  await endChild(child);
  throw new NotToBeHad(`MiniStack did not come up: ${lastLine(said())}`);
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/_localstack/health`)).ok;
  } catch {
    return false;
  }
}

/** The Python of a virtual environment that holds it. */
async function installed(signal?: AbortSignal): Promise<string> {
  const place = join(cacheDir(), `ministack-${fingerprint([REQUIREMENTS])}`);
  const python = join(place, 'bin', 'python3');
  if (existsSync(python)) return python;
  process.stderr.write('Installing MiniStack from PyPI into a virtual environment of its own …\n');
  mkdirSync(cacheDir(), { recursive: true });
  // Whole or not at all, and two at once do no harm. A moved environment runs, as we use none of its scripts.
  const half = mkdtempSync(`${place}.`);
  try {
    await tryCommand('python3', ['-m', 'venv', half], {
      as: 'python3 -m venv',
      withinMs: VENV_WITHIN_MS,
      signal,
    });
    await tryCommand(
      join(half, 'bin', 'python3'),
      [
        '-m',
        'pip',
        'install',
        '--quiet',
        '--disable-pip-version-check',
        '-r',
        join(projectRoot, REQUIREMENTS),
      ],
      { as: 'pip install', withinMs: INSTALL_WITHIN_MS, signal },
    );
    renameSync(half, place);
  } catch (error) {
    if (!existsSync(python)) throw error;
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
  return python;
}
