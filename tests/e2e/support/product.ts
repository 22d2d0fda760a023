/** The product as a user starts it: `localstack/start.ts` in a process group and a data directory of its own. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Person } from '../../../localstack/people.ts';
import { projectRoot } from '../../../localstack/places.ts';
import { freePort } from '../../../localstack/ports.ts';
import { isAlive, type RunProcess, readRun } from '../../../localstack/run-file.ts';
import { localToken } from '../../../localstack/tokens.ts';
import { TIME_FACTOR } from '../../support/strength.ts';

const READY_WITHIN_MS = 300_000 * TIME_FACTOR;
const STOP_WITHIN_MS = 20_000 * TIME_FACTOR;

export interface Addresses {
  readonly api: string;
  readonly aws: string;
  /** The sandbox SMS centre and the e-mails' inbox. */
  readonly sms: string;
  readonly mail: string;
}

/** Windows has no groups: the tree of processes is ended there, and always by force. */
const signalGroup = (pid: number, signal: NodeJS.Signals): void => {
  if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(pid), '/t', '/f']);
  else process.kill(-pid, signal);
};

export class Product {
  readonly directory = mkdtempSync(join(tmpdir(), 'rotadesk-e2e-'));
  #child?: ChildProcess;
  #port?: number;
  #addresses?: Addresses;

  get addresses(): Addresses {
    if (!this.#addresses) throw new Error('the product is not up');
    return this.#addresses;
  }

  get api(): string {
    return this.addresses.api;
  }

  /** Starts it, and waits until it says that it runs. The API keeps its address from start to start. */
  async start(): Promise<void> {
    this.#port ??= await freePort();
    const output = openSync(join(this.directory, 'start.log'), 'a');
    this.#child = spawn(process.execPath, [join(projectRoot, 'localstack/start.ts')], {
      cwd: projectRoot,
      detached: true,
      env: { ...process.env, ROTADESK_DATA: this.directory, PORT: String(this.#port) },
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    const { pid } = this.#child;
    const deadline = Date.now() + READY_WITHIN_MS;
    for (;;) {
      const { pid: ready, ...addresses } = this.#readAddresses();
      if (ready === pid) {
        this.#addresses = addresses;
        return;
      }
      if (this.#child.exitCode !== null || Date.now() > deadline) throw new Error(`no start:\n${this.log()}`);
      await sleep(50);
    }
  }

  #readAddresses(): Addresses & { pid?: number } {
    try {
      return JSON.parse(readFileSync(join(this.directory, 'addresses.json'), 'utf8'));
    } catch {
      return { api: '', aws: '', sms: '', mail: '' };
    }
  }

  /** What it has printed since the first start. */
  log(): string {
    return readFileSync(join(this.directory, 'start.log'), 'utf8');
  }

  token(of: Person): Promise<string> {
    return localToken(of, { directory: this.directory });
  }

  /** Its processes, as its own file names them. */
  processes(): RunProcess[] {
    return readRun(join(this.directory, 'run.json'));
  }

  /** Ctrl-C, as a terminal sends it: to the whole group. */
  async stop(): Promise<void> {
    await this.#end('SIGINT', STOP_WITHIN_MS);
  }

  /** The whole group at once, with no chance to do anything. */
  async killNine(): Promise<void> {
    await this.#end('SIGKILL', STOP_WITHIN_MS);
  }

  /** Ends whatever is left, and removes the data. */
  async remove(): Promise<void> {
    if (this.#child?.exitCode === null && this.#child.signalCode === null) await this.killNine();
    rmSync(this.directory, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals, withinMs: number): Promise<void> {
    const child = this.#child;
    if (!child?.pid) return;
    const processes = this.processes();
    const exit = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
    signalGroup(child.pid, signal);
    await exit;
    const deadline = Date.now() + withinMs;
    while (processes.some(isAlive)) {
      if (Date.now() > deadline)
        throw new Error(`${signal} left ${processes.filter(isAlive).map((p) => p.name)}`);
      await sleep(20);
    }
  }
}
