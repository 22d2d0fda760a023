// Plain JavaScript on purpose: it runs on the host's Node (>= 20.19) before anything is installed.
//
//   node scripts/ensure-installed.mjs <command> [arguments]
//
// installs what is missing by `npm ci`, then runs the command on the Node 24 that the lock file pins. The command is
// the name of an installed one (`jest`), or a script of ours (`localstack/start.ts`).
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');

/** What Lambda runs; the devDependency `node` brings it by its install script. */
const PINNED_MAJOR = 24;

const packagesIn = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined);

/**
 * npm writes node_modules/.package-lock.json last, so an interrupted install counts as none. What it names is compared, not
 * when it was written: switching branches touches the lock file and changes no version. An optional package may be missing
 * (it is another platform's), but not old.
 */
export const isInstalled = (directory = root) => {
  const wanted = packagesIn(join(directory, 'package-lock.json'));
  const installed = packagesIn(join(directory, 'node_modules', '.package-lock.json'));
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    const found = installed[path];
    return path === '' || (found ? found.version === version : optional === true);
  });
};

/** Installs what the lock file names if node_modules is missing or holds others. Ends the process when that fails. */
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

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** `bin` of a package: one script under the package's own name, or several under theirs. */
const scriptsIn = (name, binOf) =>
  typeof binOf === 'string' ? { [name.split('/').at(-1)]: binOf } : (binOf ?? {});

/**
 * The script behind an installed command, from the `package.json` of whichever of our dependencies declares it. What npm
 * puts into node_modules/.bin is on Windows a shell script, which Node cannot run.
 * @param directory the project's folder
 * @returns undefined when none of them declares it
 */
export const commandScript = (directory, command) => {
  const { dependencies, devDependencies } = readJson(join(directory, 'package.json'));
  for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
    const home = join(directory, 'node_modules', name);
    const file = join(home, 'package.json');
    if (!existsSync(file)) continue;
    const found = readJson(file);
    const script = scriptsIn(found.name, found.bin)[command];
    if (script !== undefined) return join(home, script);
  }
  return undefined;
};

const main = ([command, ...rest]) => {
  if (!command) {
    console.error('usage: node scripts/ensure-installed.mjs <command> [arguments]');
    process.exit(2);
  }
  ensureInstalled();
  const child = spawn(pinnedNode(), [commandScript(root, command) ?? command, ...rest], {
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
