/**
 * `npm start`: the whole product on this machine, with nothing but Node. Data stays in `.local/` (or ROTADESK_DATA).
 * PORT: that of the console and the API (else the last run's, or 3000, or the next free one). ROTADESK_LOG=1: the functions' log here instead of in a file.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoSessions } from './demo-sessions.ts';
import { StandInMissing } from './dynoxide.ts';
import { builtConsole } from './front/built-console.ts';
import { type Front, type FrontOptions, type FunctionPorts, openFront } from './front/front.ts';
import { type Functions, type FunctionsOptions, startFunctions } from './functions-child.ts';
import { KeptPorts } from './kept-ports.ts';
import { type OutsideWorld, startOutsideWorld } from './outside-world.ts';
import { packagedTemplate } from './package-template.ts';
import { cacheDir, dataDir } from './places.ts';
import { freePort, isFree } from './ports.ts';
import { endLeftovers, isAlive, RunFile, readRun } from './run-file.ts';
import { seed } from './seed.ts';
import { type StandIns, startStandIns } from './stand-ins.ts';
import { welcome } from './welcome.ts';

const START = 'start';
const PORT_TRIES = 3;
const LOG_FILE = 'functions.log';
const LOG_TAIL_LINES = 30;

interface Addresses {
  /** Of the console as well. */
  readonly api: string;
  readonly aws: string;
  /** Pages of what "went out". */
  readonly sms: string;
  readonly mail: string;
}

/** Another run holds this data. It must not be stopped by the one that came too late. */
class AlreadyRunning extends Error {}

const say = (text: string) => process.stderr.write(`${text}\n`);

/** Ends what a killed run left behind. @throws Error when a run with this data is alive. */
async function takeOver(runFile: string): Promise<void> {
  const former = readRun(runFile);
  const alive = former.find((each) => each.name === START && isAlive(each));
  if (alive)
    throw new AlreadyRunning(
      `Rotadesk already runs with this data (process ${alive.pid}); see addresses.json`,
    );
  const ended = await endLeftovers(former);
  if (ended.length > 0) say(`Ended what a killed run had left: ${ended.join(', ')}.`);
}

/** One run of the product. Its parts are kept as promises, so that it can be stopped while it still starts. */
class Run {
  readonly #directory: string;
  readonly #file: RunFile;
  readonly #addresses: string;
  readonly #ports: KeptPorts;
  #standIns?: Promise<StandIns>;
  #front?: Promise<Front>;
  #functions?: Promise<Functions>;
  #outside?: Promise<OutsideWorld>;

  constructor(directory: string) {
    this.#directory = directory;
    this.#file = new RunFile(join(directory, 'run.json'));
    this.#addresses = join(directory, 'addresses.json');
    this.#ports = new KeptPorts(join(directory, 'ports.json'));
  }

  async start(): Promise<Addresses> {
    await takeOver(join(this.#directory, 'run.json'));
    // What a former run has written there would be taken for this one's.
    for (const file of [this.#addresses, join(this.#directory, LOG_FILE)]) rmSync(file, { force: true });
    this.#file.add(START, process.pid);
    this.#standIns = startStandIns({
      port: await this.#ports.pick('aws'),
      dataDir: join(this.#directory, 'aws'),
      onSpawn: (pid) => this.#file.add('store', pid),
    });
    this.#outside = startOutsideWorld(this.#ports);
    const [{ url: aws }, { sms, mail, smtp }, files] = await Promise.all([
      this.#standIns,
      this.#outside,
      builtConsole(cacheDir()),
      packagedTemplate(cacheDir()),
    ]);
    this.#front = this.#openFront({ files, bucket: aws, demo: demoSessions(aws, this.#directory) });
    const front = await this.#front;
    const api = front.url;
    front.forwardTo(await this.#startFunctions({ publicUrl: api, awsUrl: aws, smtpUrl: smtp }));
    await seed(api, { aws, directory: this.#directory, sms });
    this.#ports.keep({ api, aws, sms, smtp, mail });
    const addresses = { api, aws, sms, mail };
    writeFileSync(this.#addresses, JSON.stringify({ ...addresses, pid: process.pid }, null, 2));
    return addresses;
  }

  /** A chosen port may be taken by another start before ours listens: then the next one is tried. */
  async #openFront(options: Omit<FrontOptions, 'port'>): Promise<Front> {
    const { PORT } = process.env;
    for (let tries = 1; ; tries++) {
      const port = PORT ? Number(PORT) : await this.#ports.pick('api');
      try {
        return await openFront({ ...options, port });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
        if (PORT) throw new Error(`port ${PORT} is taken`);
        if (tries === PORT_TRIES) throw error;
      }
    }
  }

  /** As above: the functions' process listens much later than its ports are chosen. */
  async #startFunctions(
    to: Pick<FunctionsOptions, 'publicUrl' | 'awsUrl' | 'smtpUrl'>,
  ): Promise<FunctionPorts> {
    for (let tries = 1; ; tries++) {
      const ports = { http: await freePort(), websocket: await freePort() };
      try {
        await this.#startOn(ports, to);
        return ports;
      } catch (error) {
        const isTaken = !(await isFree(ports.http)) || !(await isFree(ports.websocket));
        if (tries === PORT_TRIES || !isTaken) throw error;
      }
    }
  }

  async #startOn(
    { http, websocket }: FunctionPorts,
    to: Pick<FunctionsOptions, 'publicUrl' | 'awsUrl' | 'smtpUrl'>,
  ): Promise<void> {
    const { ROTADESK_LOG } = process.env;
    this.#functions = startFunctions({
      ...to,
      httpPort: http,
      websocketPort: websocket,
      dataDir: this.#directory,
      onSpawn: (pid) => this.#file.add('functions', pid),
      ...(ROTADESK_LOG ? {} : { logFile: join(this.#directory, LOG_FILE) }),
    });
    await (await this.#functions).ready;
  }

  /** Settles with the name of a part that ended by itself. */
  async broken(): Promise<string> {
    const [standIns, functions] = await Promise.all([this.#standIns, this.#functions]);
    return Promise.race([
      standIns?.storeEnded.then(() => 'the store'),
      functions?.ended.then(() => 'the functions'),
    ]) as Promise<string>;
  }

  async stop(): Promise<void> {
    const parts = await Promise.allSettled([this.#functions, this.#standIns, this.#outside, this.#front]);
    const [functions, standIns, outside, front] = parts;
    if (front.status === 'fulfilled') await front.value?.stop();
    if (functions.status === 'fulfilled') await functions.value?.stop();
    if (outside.status === 'fulfilled') await outside.value?.stop();
    if (standIns.status === 'fulfilled') await standIns.value?.stop();
    rmSync(this.#addresses, { force: true });
    this.#file.remove();
  }
}

/** The end of the functions' log, where the cause of a failed start stands. */
function logTail(directory: string): string {
  try {
    return readFileSync(join(directory, LOG_FILE), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(-LOG_TAIL_LINES)
      .join('\n');
  } catch {
    return '';
  }
}

async function main(): Promise<number> {
  const begunMs = performance.now();
  const directory = dataDir();
  mkdirSync(directory, { recursive: true });
  const run = new Run(directory);
  const asked = new Promise<'asked'>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve('asked'));
  });
  const cause = await Promise.race([asked, runUntilBroken(run, directory, begunMs)]);
  say(cause === 'asked' ? 'Stopping …' : cause);
  await run.stop();
  return cause === 'asked' ? 0 : 1;
}

/** @returns why it did not start, or why it ended. */
async function runUntilBroken(run: Run, directory: string, begunMs: number): Promise<string> {
  try {
    const addresses = await run.start();
    console.log(welcome({ ...addresses, directory, tookMs: performance.now() - begunMs }));
  } catch (error) {
    if (error instanceof StandInMissing || error instanceof AlreadyRunning) throw error;
    return `${logTail(directory)}\nDid not start: ${error instanceof Error ? error.message : String(error)}`;
  }
  return `${await run.broken()} ended unexpectedly; see ${join(directory, LOG_FILE)}`;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
