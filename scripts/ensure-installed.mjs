// Plain JavaScript on purpose: it runs on the host's Node (>= 20.19) before anything is installed.
//
//   node scripts/ensure-installed.mjs <command> [arguments]
//
// installs what is missing by `npm ci`, then runs the command on the Node 24 that the lock file pins. The command is
// the name of an installed one (`jest`), or a script of ours (`localstack/start.ts`).
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, realpathSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');

/** What Lambda runs; the devDependency `node` brings it by its install script. */
const PINNED_MAJOR = 24;

const modifiedMs = (file) => (existsSync(file) ? statSync(file).mtimeMs : 0);

/** npm writes node_modules/.package-lock.json last, so an interrupted install counts as none. */
const isInstalled = () =>
  modifiedMs(join(root, 'node_modules', '.package-lock.json')) >= modifiedMs(join(root, 'package-lock.json'));

/** Installs what the lock file names if node_modules is missing or older. Ends the process when that fails. */
export const ensureInstalled = () => {
  if (isInstalled()) return;
  console.error('Installing dependencies (npm ci) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const run = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    // A caller's own output stays clean: what npm says goes to stderr. It would warn of packages that want a newer Node
    // than the host's, which they will have.
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
    // Development dependencies are wanted even where the host asks for production ones.
    env: { ...process.env, NODE_ENV: '', npm_config_omit: '' },
  });
  if (run.status !== 0) {
    console.error('npm ci failed; see above.');
    process.exit(run.status ?? 1);
  }
};

/** The Node that the lock file pins, whatever the host has. */
export const pinnedNode = () => {
  const file = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(file)) return file;
  if (Number(process.versions.node.split('.')[0]) >= PINNED_MAJOR) return process.execPath;
  console.error(
    `node_modules holds no Node ${PINNED_MAJOR}: did npm skip install scripts? Try: npm rebuild node`,
  );
  return process.exit(1);
};

const scriptOf = (command) => {
  const installed = join(bin, command);
  return existsSync(installed) ? realpathSync(installed) : command;
};

const main = ([command, ...rest]) => {
  if (!command) {
    console.error('usage: node scripts/ensure-installed.mjs <command> [arguments]');
    process.exit(2);
  }
  ensureInstalled();
  const child = spawn(pinnedNode(), [scriptOf(command), ...rest], {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` },
  });
  // A terminal sends Ctrl-C to both of us: the child decides, we wait for it. Other senders reach it through us.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // npm passes a SIGTERM on to its shell alone, which leaves us without a parent and nobody to tell us.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500).unref();
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
};

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  main(process.argv.slice(2));
