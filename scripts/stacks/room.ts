import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const projectRoot = join(import.meta.dirname, '../..');

/** What osls reads, besides serverless.yml. */
const PARTS = ['functions', 'infra', 'lib', 'localstack', 'node_modules', 'package.json'];

/** What packaging leaves in a room. */
export const TEMPLATE = join('.serverless', 'cloudformation-template-update-stack.json');

/**
 * A folder of its own for one run of osls, which writes to fixed folders of the service: another run, a local start or a test
 * may be packaging at the same time. Whoever opens it removes it.
 */
export const openRoom = (): string => {
  const room = mkdtempSync(join(tmpdir(), 'rotadesk-package-'));
  for (const part of PARTS) symlinkSync(join(projectRoot, part), join(room, part));
  // osls takes no link for its configuration.
  copyFileSync(join(projectRoot, 'serverless.yml'), join(room, 'serverless.yml'));
  return room;
};

export const closeRoom = (room: string): void => rmSync(room, { recursive: true, force: true });

export interface Ran {
  /** What it said, on both streams. */
  readonly output: string;
  readonly isOk: boolean;
}

export interface OslsOptions {
  /** The whole environment of the run. */
  readonly env: NodeJS.ProcessEnv;
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
}

/** @param args as after `serverless`: `['package', '--stage', 'prod', '--param=module=sms']` */
export const osls = async (
  room: string,
  args: readonly string[],
  { env, signal }: OslsOptions,
): Promise<Ran> => {
  const command = join(projectRoot, 'node_modules/serverless/bin/serverless.js');
  const child = spawn(process.execPath, [command, ...args], {
    cwd: room,
    // The channel ties it to us, by whatever cause we end (localstack/plugin).
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // The bundler leaves folders where temporary files go.
    env: { ...env, TMPDIR: room },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const end = () => child.kill('SIGTERM');
  signal?.addEventListener('abort', end);
  if (signal?.aborted) end();
  const [code] = await once(child, 'close');
  signal?.removeEventListener('abort', end);
  return { output, isOk: code === 0 };
};
