/**
 * Lives many seeds through and checks each: `npm run simulate -- --seeds 1000 --from 1`, on the desk's workload unless
 * `--module sms` or `--module both` says otherwise, over the model of the store or, by `--store embedded`, the embedded one.
 * A seed that fails replays exactly:
 * `npm run simulate -- --from S --seeds 1 --trace`. Exits non-zero on any violation, or when a kind of fault never struck.
 */
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { RunResult } from './engine/run.ts';
import { noFaults } from './faults/fault-plan.ts';
import { openGround, storeNames } from './ground.ts';
import { type WorkloadName, workloadNames, workloads } from './workloads.ts';

const TAIL_LINES = 25;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '50' },
    from: { type: 'string', default: '1' },
    module: { type: 'string', default: 'desk' },
    /** Actions of people in each run; the workload's own number unless said. */
    events: { type: 'string' },
    workers: { type: 'string', default: '2' },
    store: { type: 'string', default: 'memory' },
    trace: { type: 'boolean', default: false },
  },
});

const storeName = storeNames.find((name) => name === values.store);
if (!storeName) throw new Error(`there is no store ${values.store}: ${storeNames.join(' or ')}`);
const from = Number(values.from);
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => from + index);

const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Lived {
  readonly workload: WorkloadName;
  readonly actions: number;
  readonly onResult: (result: RunResult) => void;
}

const runHere = async ({ workload, actions, onResult }: Lived): Promise<void> => {
  const { plan, run } = workloads[workload];
  const ground = await openGround(plan, storeName);
  const echo = values.trace ? { echo: say } : {};
  for (const seed of seeds) onResult(await run(ground, { seed, actions, ...echo }));
  await ground.close();
};

/** Each worker has a store of its own and asks for the next seed when it has done one. */
const runInWorkers = (count: number, { workload, actions, onResult }: Lived): Promise<unknown> => {
  const left = [...seeds];
  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./seed-worker.ts', import.meta.url), {
        workerData: { actions, workload, storeName },
      });
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

const tell = (workload: WorkloadName, result: RunResult): void => {
  say(`\n${workload}, seed ${result.seed}: ${result.violations.length} violations`);
  for (const { at, rule, text } of result.violations) say(`  ${at} ${rule}: ${text}`);
  const again = `--module ${workload} --from ${result.seed} --seeds 1 --events ${result.actions} --trace`;
  say(`  before the first of them (all of it: ${again})`);
  for (const line of (result.violations[0]?.trace ?? []).slice(-TAIL_LINES)) say(`    ${line}`);
};

const summarise = (workload: WorkloadName, results: readonly RunResult[], tookMs: number): boolean => {
  const { faultKinds } = workloads[workload];
  const sum = (of: (result: RunResult) => number) => results.reduce((total, result) => total + of(result), 0);
  const faults = noFaults();
  for (const result of results) for (const kind of faultKinds) faults[kind] += result.faults[kind];
  const failed = results.filter(({ violations }) => violations.length > 0);
  const missing = faultKinds.filter((kind) => faults[kind] === 0);
  say(`\nmodule        ${workload}`);
  say(`runs          ${results.length} (seeds ${from} to ${from + seeds.length - 1})`);
  say(
    `events        ${sum((each) => each.actions)} actions, ${sum((each) => each.requests)} requests to AWS`,
  );
  say(`virtual time  ${(sum(({ virtualSec }) => virtualSec) / 3600).toFixed(1)} h`);
  say('faults injected');
  for (const kind of faultKinds) say(`  ${kind.padEnd(24)} ${faults[kind]}`);
  say(`violations    ${sum(({ violations }) => violations.length)}`);
  if (failed.length > 0) say(`failed seeds  ${failed.map(({ seed }) => seed).join(' ')}`);
  // A single seed has the kinds it has drawn; many must have all.
  const incomplete = results.length > 1 && missing.length > 0;
  if (incomplete) say(`never struck  ${missing.join(' ')}`);
  say(
    `speed         ${(results.length / (tookMs / 1000)).toFixed(2)} seeds/s (${(tookMs / 1000).toFixed(0)} s)`,
  );
  return failed.length === 0 && !incomplete;
};

/** True when nothing was broken and nothing missing. */
const runWorkload = async (workload: WorkloadName): Promise<boolean> => {
  const results: RunResult[] = [];
  const started = performance.now();
  const onResult = (result: RunResult): void => {
    results.push(result);
    if (result.violations.length > 0) tell(workload, result);
    else if (results.length % 50 === 0) say(`${results.length} of ${seeds.length} runs`);
  };
  const lived: Lived = { workload, actions: Number(values.events ?? workloads[workload].actions), onResult };
  const workers = Math.min(Number(values.workers), seeds.length);
  await (values.trace || workers < 2 ? runHere(lived) : runInWorkers(workers, lived));
  return summarise(workload, results, performance.now() - started);
};

const asked = workloadNames.filter((name) => values.module === name || values.module === 'both');
if (asked.length === 0)
  throw new Error(`there is no workload ${values.module}: ${workloadNames.join(', ')} or both`);
let isGood = true;
for (const workload of asked) isGood = (await runWorkload(workload)) && isGood;
process.exitCode = isGood ? 0 : 1;
