import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { projectRoot } from '../places.ts';
import { lastLine, NotToBeHad } from './emulator.ts';

const run = promisify(execFile);

export interface CommandOptions {
  /** What it is called in the complaint; nothing: the command and its first argument. */
  readonly as?: string;
  readonly withinMs: number;
  /** Ends it; then the error is no NotToBeHad. */
  readonly signal?: AbortSignal | undefined;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a tool that this machine may lack. @throws NotToBeHad with its last word when it is missing, fails or hangs */
export async function tryCommand(
  command: string,
  args: readonly string[],
  { as = `${command} ${args[0]}`, withinMs, signal, env = {} }: CommandOptions,
): Promise<string> {
  try {
    const { stdout } = await run(command, [...args], {
      cwd: projectRoot,
      timeout: withinMs,
      signal,
      env: { ...process.env, ...env },
      maxBuffer: 16 * 1024 * 1024,
    });
    return stdout;
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new NotToBeHad(`${as}: ${reason(error, withinMs)}`, { cause: error });
  }
}

function reason(error: unknown, withinMs: number): string {
  const { code, killed, stdout = '', stderr = '' } = error as Failure;
  if (code === 'ENOENT') return 'not installed';
  if (killed) return `no end within ${withinMs / 1000} s`;
  return lastLine(`${stdout}\n${stderr}`);
}

interface Failure {
  readonly code?: string | number;
  readonly killed?: boolean;
  readonly stdout?: string;
  readonly stderr?: string;
}
