/** dynoxide, an embedded DynamoDB, as a child process on 127.0.0.1. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './ports.ts';

const READY_WITHIN_MS = 10_000;

export interface Dynoxide {
  readonly port: number;
  /** Settles when the child ended, by whatever cause. */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

/** Says which package is missing and how to add it; the start prints it as it is. */
export class StandInMissing extends Error {}

/** Path of dynoxide's binary for this machine. Throws StandInMissing where its package is not installed. */
export function dynoxideBinary(platform: string = process.platform, arch: string = process.arch): string {
  const name = `@dynoxide/${platform}-${arch}`;
  try {
    return createRequire(import.meta.url).resolve(`${name}/dynoxide${platform === 'win32' ? '.exe' : ''}`);
  } catch {
    // An exact version would go stale here; --no-save keeps the lock file as every other platform has it.
    throw new StandInMissing(
      `The DynamoDB stand-in is missing for this platform. Add it with:\n  npm install --no-save ${name}`,
    );
  }
}

export interface DynoxideOptions {
  /** Nothing: all in memory. */
  readonly dbPath?: string;
  /** Told of the child as soon as it exists. */
  readonly onSpawn?: (pid: number) => void;
}

/** Starts dynoxide; with no dbPath everything is in memory. */
export async function startDynoxide(options: DynoxideOptions): Promise<Dynoxide> {
  const port = await freePort();
  const args = ['serve', '--host', '127.0.0.1', '--port', String(port)];
  if (options.dbPath !== undefined) args.push('--db-path', options.dbPath);
  const child = spawn(dynoxideBinary(), args, { stdio: ['ignore', 'ignore', 'pipe'] });
  // Before anything can go wrong, so that a killed start leaves no store that nobody knows of.
  if (child.pid !== undefined) options.onSpawn?.(child.pid);
  const withUs = () => child.kill('SIGKILL');
  process.once('exit', withUs);
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint = (complaint + String(chunk)).slice(-2000);
  });
  const ended = once(child, 'exit').finally(() => process.off('exit', withUs));
  await waitForPort(port, child, () => complaint);
  return { port, ended, stop: () => endChild(child) };
}

async function waitForPort(port: number, child: ChildProcess, complaint: () => string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) break;
    if (await accepts(port)) return;
    await sleep(10);
  }
  await endChild(child);
  throw new Error(`dynoxide did not come up: ${complaint()}`);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Ends a child politely, and by force if it does not listen. */
export async function endChild(child: ChildProcess, patienceMs = 5_000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await exit;
  clearTimeout(force);
}
