/**
 * Lives many seeds through and judges each: `npm run simulate -- --seeds 1000 --from 1`, on the desk's floor unless
 * `--floor sms` or `--floor both` says otherwise, over the model of the store or, by `--store embedded`, the embedded one.
 * A seed that fails replays exactly:
 * `npm run simulate -- --from S --seeds 1 --trace`. Exits non-zero on any violation, or when a kind of fault never struck.
 */
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { RunResult } from './engine/run.ts';
import { noFaults } from './faults/fault-plan.ts';
import { type FloorName, floorNames, floors } from './floors.ts';
import { openGround, storeNames } from './ground.ts';

const TAIL_LINES = 25;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '50' },
    from: { type: 'string', default: '1' },
    floor: { type: 'string', default: 'desk' },
    /** Actions of people in each run; the floor's own number unless said. */
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
  readonly floor: FloorName;
  readonly actions: number;
  readonly onResult: (result: RunResult) => void;
}

const runHere = async ({ floor, actions, onResult }: Lived): Promise<void> => {
  const { plan, run } = floors[floor];
  const ground = await openGround(plan, storeName);
  const echo = values.trace ? { echo: say } : {};
  for (const seed of seeds) onResult(await run(ground, { seed, actions, ...echo }));
  await ground.close();
};

/** Each worker has a store of its own and asks for the next seed when it has done one. */
const runInWorkers = (count: number, { floor, actions, onResult }: Lived): Promise<unknown> => {
  const left = [...seeds];
  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./seed-worker.ts', import.meta.url), {
        workerData: { actions, floor, storeName },
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

const tell = (floor: FloorName, result: RunResult): void => {
  say(`\n${floor}, seed ${result.seed}: ${result.violations.length} violations`);
  for (const { at, rule, text } of result.violations) say(`  ${at} ${rule}: ${text}`);
  const again = `--floor ${floor} --from ${result.seed} --seeds 1 --events ${result.actions} --trace`;
  say(`  before the first of them (all of it: ${again})`);
  for (const line of (result.violations[0]?.trace ?? []).slice(-TAIL_LINES)) say(`    ${line}`);
};

const summarise = (floor: FloorName, results: readonly RunResult[], tookMs: number): boolean => {
  const { faultKinds } = floors[floor];
  const sum = (of: (result: RunResult) => number) => results.reduce((total, result) => total + of(result), 0);
  const faults = noFaults();
  for (const result of results) for (const kind of faultKinds) faults[kind] += result.faults[kind];
  const failed = results.filter(({ violations }) => violations.length > 0);
  const missing = faultKinds.filter((kind) => faults[kind] === 0);
  say(`\nfloor         ${floor}`);
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
const liveFloor = async (floor: FloorName): Promise<boolean> => {
  const results: RunResult[] = [];
  const started = performance.now();
  const onResult = (result: RunResult): void => {
    results.push(result);
    if (result.violations.length > 0) tell(floor, result);
    else if (results.length % 50 === 0) say(`${results.length} of ${seeds.length} runs`);
  };
  const lived: Lived = { floor, actions: Number(values.events ?? floors[floor].actions), onResult };
  const workers = Math.min(Number(values.workers), seeds.length);
  await (values.trace || workers < 2 ? runHere(lived) : runInWorkers(workers, lived));
  return summarise(floor, results, performance.now() - started);
};

const asked = floorNames.filter((name) => values.floor === name || values.floor === 'both');
if (asked.length === 0)
  throw new Error(`there is no floor ${values.floor}: ${floorNames.join(', ')} or both`);
let isGood = true;
for (const floor of asked) isGood = (await liveFloor(floor)) && isGood;
process.exitCode = isGood ? 0 : 1;
