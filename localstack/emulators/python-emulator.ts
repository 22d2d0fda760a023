/** An emulator written in Python: installed once from PyPI by pinned versions, started as a child on 127.0.0.1. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endChild } from '../dynoxide.ts';
import { fingerprint } from '../fingerprint.ts';
import { cacheDir, projectRoot } from '../places.ts';
import { tryCommand } from './commands.ts';
import { type Emulator, lastLine, NotToBeHad } from './emulator.ts';

export const EMULATORS = 'localstack/emulators';
const VENV_WITHIN_MS = 120_000;
const INSTALL_WITHIN_MS = 300_000;
const READY_WITHIN_MS = 60_000;
const KEPT_CHARS = 4_000;

interface Installation {
  /** As messages call it. */
  readonly title: string;
  /** The interpreter that makes the virtual environment. */
  readonly python: string;
  /** A file of this folder: pinned versions. */
  readonly requirements: string;
  /** Further arguments of pip. */
  readonly pip?: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/** @returns the Python of a virtual environment that holds what the requirements name. @throws NotToBeHad */
export async function installed(options: Installation): Promise<string> {
  const { title, python: maker, requirements, pip = [], signal } = options;
  const file = `${EMULATORS}/${requirements}`;
  const venv = join(cacheDir(), `${requirements.replace(/-requirements\.txt$/, '')}-${fingerprint([file])}`);
  const python = join(venv, 'bin', 'python3');
  if (existsSync(python)) return python;
  process.stderr.write(`Installing ${title} from PyPI into a virtual environment of its own …\n`);
  mkdirSync(cacheDir(), { recursive: true });
  // Whole or not at all, and two at once do no harm. A moved environment runs, as we use none of its scripts.
  const half = mkdtempSync(`${venv}.`);
  try {
    await tryCommand(maker, ['-m', 'venv', half], {
      as: `${maker} -m venv`,
      withinMs: VENV_WITHIN_MS,
      ...(signal && { signal }),
    });
    const quiet = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...pip];
    await tryCommand(join(half, 'bin', 'python3'), [...quiet, '-r', join(projectRoot, file)], {
      as: 'pip install',
      withinMs: INSTALL_WITHIN_MS,
      ...(signal && { signal }),
    });
    renameSync(half, venv);
  } catch (error) {
    if (!existsSync(python)) throw error;
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
  return python;
}

/** The version that a file of requirements pins. */
export const pinnedVersion = (requirements: string, project: string): string => {
  const text = readFileSync(join(projectRoot, EMULATORS, requirements), 'utf8');
  return new RegExp(`^${project}(?:\\[[^\\]]*\\])?==([^ \\\\\\n]+)`, 'm').exec(text)?.[1] ?? 'of no version';
};

interface Server {
  readonly name: string;
  readonly python: string;
  /** A file of this folder. */
  readonly script: string;
  readonly port: number;
  /** Its environment; `folder` is its own, removed at the end. */
  readonly env: (folder: string) => Readonly<Record<string, string>>;
}

/** Starts it and waits until `/_localstack/health` answers. It ends with us: it reads its standard input. @throws NotToBeHad */
export async function startPythonEmulator({ name, python, script, port, env }: Server): Promise<Emulator> {
  const folder = mkdtempSync(join(tmpdir(), 'rotadesk-emulator-'));
  const child = spawn(python, [join(projectRoot, EMULATORS, script)], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env(folder) },
  });
  const output = collectOutput(child);
  const ended = once(child, 'exit').then(() => {
    rmSync(folder, { recursive: true, force: true });
    return lastLine(output());
  });
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + READY_WITHIN_MS;
  while (child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    if (await answers(url)) return { name, url, ended, stop: () => endChild(child).then(() => void ended) };
    await sleep(50);
  }
  await endChild(child);
  throw new NotToBeHad(`${name} did not come up: ${lastLine(output())}`);
}

/** @returns what it wrote last; a pipe that nobody empties would stop it. */
function collectOutput(child: ChildProcess): () => string {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output = (output + String(chunk)).slice(-KEPT_CHARS);
    });
  }
  return () => output;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/_localstack/health`)).ok;
  } catch {
    return false;
  }
}
