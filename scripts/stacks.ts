/**
 * `npm run deploy|package|remove|rollback`: osls for one module after another, each of which is a stack of its own
 * (docs/adr/002-stacks.md). `-- --stage prod` and `--region`, `--param`, `--aws-profile` go to osls; `--module sms` is one
 * module (may be repeated), `--without bets` all but one. Rollback takes one module back to its deployment before the last, or to
 * that of `--timestamp`.
 */
import { parseArgs } from 'node:util';
import { CONSOLE, moduleNames } from '../infra/modules.ts';
import { type Command, runStacks } from './stacks/run-stacks.ts';

const COMMANDS: readonly string[] = ['deploy', 'package', 'remove', 'rollback'] satisfies Command[];
const USAGE = `usage: npm run ${COMMANDS.join('|')} -- [--stage prod] [--module sms] [--param="name=value"]`;

const several = { type: 'string', multiple: true, default: [] as string[] } as const;
const OF_OSLS = {
  stage: { type: 'string' },
  region: { type: 'string' },
  'aws-profile': { type: 'string' },
  timestamp: { type: 'string' },
  param: several,
} as const;

/** A deployment has the stack of the console when it says at which name. */
const CONSOLE_NAMED = /^consoleDomain=./;

const isCommand = (word: string | undefined): word is Command => COMMANDS.includes(word ?? '');

const read = (args: readonly string[]) => {
  const [command, ...rest] = args;
  if (!isCommand(command)) throw new Error(USAGE);
  const { values } = parseArgs({ args: rest, options: { ...OF_OSLS, module: several, without: several } });
  const { module: named, without, param, ...single } = values;
  if (command === 'rollback' && named.length !== 1)
    throw new Error('one module goes back at a time: --module sms');
  const options = [
    ...Object.entries(single).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${value}`])),
    ...param.map((each) => `--param=${each}`),
  ];
  const all = [...moduleNames(), ...(param.some((each) => CONSOLE_NAMED.test(each)) ? [CONSOLE] : [])];
  const modules = (named.length > 0 ? named : all).filter((each) => !without.includes(each));
  return { command, modules, options };
};

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupted.abort());

try {
  const say = (line: string) => console.log(line);
  await runStacks({ ...read(process.argv.slice(2)), env: process.env, signal: interrupted.signal, say });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
