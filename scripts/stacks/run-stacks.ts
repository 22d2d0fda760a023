import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CONSOLE, moduleNames, SHARED } from '../../infra/modules.ts';
import { type Outcome, overAll, type Step } from './over-all.ts';
import { closeRoom, openRoom, osls, projectRoot, TEMPLATE } from './room.ts';

export type Command = 'deploy' | 'package' | 'remove' | 'rollback';

export interface StackRun {
  readonly command: Command;
  /** Nothing: all of them. */
  readonly modules?: readonly string[];
  /** For osls: stage, region, parameters. */
  readonly options: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  /** One line for a person. */
  readonly say: (line: string) => void;
}

interface StackStep extends Step {
  readonly output: string;
}

const DONE: Readonly<Record<Command, string>> = {
  deploy: 'deployed',
  package: 'packaged',
  remove: 'removed',
  rollback: 'rolled back',
};
/** osls ends well when there was nothing to do. */
const UNCHANGED = /Deployment skipped|Rollback skipped/;

/** @returns undefined when nothing was packaged. */
const resourceCount = (room: string): number | undefined => {
  try {
    const template = JSON.parse(readFileSync(join(room, TEMPLATE), 'utf8')) as { Resources: object };
    return Object.keys(template.Resources).length;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

const keep = (room: string, module: string): void => {
  const kept = join(projectRoot, '.serverless', module);
  rmSync(kept, { recursive: true, force: true });
  cpSync(join(room, '.serverless'), kept, { recursive: true });
};

/**
 * What osls calls the deployment before the last one.
 * @throws Error when there is none.
 */
const previousDeployment = async ({ options, env, signal }: StackRun, room: string): Promise<string> => {
  const { output } = await osls(room, ['deploy', 'list', ...options], { env, signal });
  const [, previous] = [...output.matchAll(/Timestamp: (\d+)/g)]
    .map(([, timestamp]) => Number(timestamp))
    .toSorted((a, b) => b - a);
  if (previous === undefined) throw new Error(`there is no deployment to go back to:\n${output}`);
  return String(previous);
};

const goesBackTo = async (run: StackRun, room: string): Promise<string[]> => {
  const isNamed = run.options.some((each) => each.startsWith('--timestamp='));
  return run.command === 'rollback' && !isNamed ? [`--timestamp=${await previousDeployment(run, room)}`] : [];
};

const step = async (all: StackRun, module: string): Promise<StackStep> => {
  const run = { ...all, options: [...all.options, `--param=module=${module}`] };
  const { command, options, env, signal, say } = run;
  const room = openRoom();
  const started = performance.now();
  try {
    const args = [command, ...options, ...(await goesBackTo(run, room))];
    const { output, isOk } = await osls(room, args, { env, signal });
    if (isOk && command === 'package') keep(room, module);
    const seconds = `${((performance.now() - started) / 1000).toFixed(0)} s`;
    const did = UNCHANGED.test(output) ? 'unchanged' : DONE[command];
    const count = resourceCount(room);
    const size = count === undefined ? '' : `${String(count).padStart(6)} resources`;
    say(`${module.padEnd(15)} ${(isOk ? did : 'FAILED').padEnd(11)} ${seconds.padStart(6)}${size}`);
    return { module, isOk, output };
  } finally {
    closeRoom(room);
  }
};

/** @throws Error when one failed, with all that osls said of it. */
export const runStacks = async (run: StackRun): Promise<void> => {
  const known = [...moduleNames(), CONSOLE];
  const wanted = run.modules ?? moduleNames();
  const unknown = wanted.filter((each) => !known.includes(each));
  if (unknown.length > 0)
    throw new Error(`there is no module ${unknown.join(', ')}; there are ${known.join(', ')}`);
  const others = wanted.filter((each) => each !== SHARED && each !== CONSOLE);
  const order = {
    ...(wanted.includes(SHARED) && { shared: SHARED }),
    others,
    ...(wanted.includes(CONSOLE) && { last: CONSOLE }),
    isRemoval: run.command === 'remove',
  };
  complain(await overAll(order, (module) => step(run, module)));
};

const complain = ({ done, left }: Outcome<StackStep>): void => {
  const failed = done.filter(({ isOk }) => !isOk);
  if (failed.length === 0) return;
  const said = failed.map(({ module, output }) => `${module}:\n${output.trim()}`);
  const rest = left.length > 0 ? `\nNot begun: ${left.join(', ')}.` : '';
  throw new Error(`${said.join('\n\n')}\n${rest}`);
};
