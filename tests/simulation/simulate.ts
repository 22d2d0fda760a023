/**
 * Lives many seeds through and judges each: `npm run simulate -- --seeds 1000 --from 1`. A seed that fails replays exactly:
 * `npm run simulate -- --from S --seeds 1 --trace`. Exits non-zero on any violation, or when a kind of fault never struck.
 */
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { faultKinds, noFaults } from './faults/fault-plan.ts';
import { openGround } from './ground.ts';
import { type RunResult, runSeed } from './run-seed.ts';

const DEFAULT_ACTIONS = 80;
const TAIL_LINES = 25;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '50' },
    from: { type: 'string', default: '1' },
    /** Actions of people in each run. */
    events: { type: 'string', default: String(DEFAULT_ACTIONS) },
    workers: { type: 'string', default: '2' },
    trace: { type: 'boolean', default: false },
  },
});

const from = Number(values.from);
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => from + index);
const actions = Number(values.events);

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const runHere = async (onResult: (result: RunResult) => void): Promise<void> => {
  const ground = await openGround();
  const echo = values.trace ? { echo: say } : {};
  for (const seed of seeds) onResult(await runSeed(ground, { seed, actions, ...echo }));
  await ground.close();
};

/** Each worker has a store of its own and asks for the next seed when it has done one. */
const runInWorkers = (count: number, onResult: (result: RunResult) => void): Promise<unknown> => {
  const left = [...seeds];
  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./seed-worker.ts', import.meta.url), { workerData: { actions } });
      worker.on('message', (result: RunResult | 'ready') => {
        if (result !== 'ready') onResult(result);
        worker.postMessage(left.shift() ?? 'stop');
      });
      worker.once('error', reject);
      worker.once('exit', (code) =>
        code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`)),
      );
    });
  return Promise.all(Array.from({ length: count }, work));
};

const tell = (result: RunResult): void => {
  say(`\nseed ${result.seed}: ${result.violations.length} violations`);
  for (const { at, rule, text } of result.violations) say(`  ${at} ${rule}: ${text}`);
  say(`  before the first of them (all of it: --from ${result.seed} --seeds 1 --events ${actions} --trace)`);
  for (const line of (result.violations[0]?.trace ?? []).slice(-TAIL_LINES)) say(`    ${line}`);
};

const summarise = (results: readonly RunResult[], tookMs: number): number => {
  const sum = (of: (result: RunResult) => number) => results.reduce((total, result) => total + of(result), 0);
  const faults = noFaults();
  for (const result of results) for (const kind of faultKinds) faults[kind] += result.faults[kind];
  const failed = results.filter(({ violations }) => violations.length > 0);
  const missing = faultKinds.filter((kind) => faults[kind] === 0);
  say(`\nruns          ${results.length} (seeds ${from} to ${from + seeds.length - 1})`);
  say(
    `events        ${sum((each) => each.actions)} actions, ${sum((each) => each.requests)} requests to AWS`,
  );
  say(`virtual time  ${(sum(({ virtualSec }) => virtualSec) / 3600).toFixed(1)} h`);
  say('faults injected');
  for (const kind of faultKinds) say(`  ${kind.padEnd(20)} ${faults[kind]}`);
  say(`violations    ${sum(({ violations }) => violations.length)}`);
  if (failed.length > 0) say(`failed seeds  ${failed.map(({ seed }) => seed).join(' ')}`);
  // A single seed has the kinds it has drawn; many must have all.
  const incomplete = results.length > 1 && missing.length > 0;
  if (incomplete) say(`never struck  ${missing.join(' ')}`);
  say(
    `speed         ${(results.length / (tookMs / 1000)).toFixed(2)} seeds/s (${(tookMs / 1000).toFixed(0)} s)`,
  );
  return failed.length > 0 || incomplete ? 1 : 0;
};

const results: RunResult[] = [];
const started = performance.now();
const onResult = (result: RunResult): void => {
  results.push(result);
  if (result.violations.length > 0) tell(result);
  else if (results.length % 50 === 0) say(`${results.length} of ${seeds.length} runs`);
};
const workers = Math.min(Number(values.workers), seeds.length);
await (values.trace || workers < 2 ? runHere(onResult) : runInWorkers(workers, onResult));
process.exitCode = summarise(results, performance.now() - started);
