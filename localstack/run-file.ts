/**
 * Which processes a local run has, written down as they start. After a `kill -9` the next start reads it and ends what
 * is left over, but only what is verifiably ours: a process id alone may meanwhile belong to anybody.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface RunProcess {
  readonly name: string;
  readonly pid: number;
  /** When the process started, as the system tells it; no two processes share id and start. */
  readonly started: string;
}

const END_WITHIN_MS = 5_000;

/** Undefined when there is no such process, or the system tells nothing of it. */
export function startOf(pid: number): string | undefined {
  try {
    if (existsSync('/proc/self/stat')) {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The second field is the command in parentheses and may hold spaces: count from its end. Start is field 22.
      const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      return state === 'Z' ? undefined : `${boot}:${fields[18]}`;
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}

export function readRun(file: string): RunProcess[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RunProcess[];
  } catch {
    // None, or cut off while being written by a run that was killed at that moment.
    return [];
  }
}

export const isAlive = ({ pid, started }: RunProcess): boolean => startOf(pid) === started;

/** Keeps the list of a run's processes in its file. */
export class RunFile {
  readonly #file: string;
  #processes: RunProcess[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  add(name: string, pid: number): void {
    const started = startOf(pid);
    if (started === undefined) return;
    this.#processes = [...this.#processes, { name, pid, started }];
    const half = `${this.#file}.${process.pid}`;
    writeFileSync(half, JSON.stringify(this.#processes, null, 2));
    renameSync(half, this.#file);
  }

  remove(): void {
    rmSync(this.#file, { force: true });
  }
}

/** Ends every process of a former run that still lives and is ours. @returns the names of those ended */
export async function endLeftovers(processes: readonly RunProcess[]): Promise<string[]> {
  const left = processes.filter(isAlive);
  for (const each of left) signal(each, 'SIGTERM');
  const deadline = Date.now() + END_WITHIN_MS;
  while (left.some(isAlive) && Date.now() < deadline) await sleep(20);
  for (const each of left) if (isAlive(each)) signal(each, 'SIGKILL');
  while (left.some(isAlive)) await sleep(20);
  return left.map(({ name }) => name);
}

function signal({ pid }: RunProcess, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself meanwhile.
  }
}
