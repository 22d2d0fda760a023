/** The console as it is served: built when something it is made of changed, kept otherwise. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fingerprint } from '../fingerprint.ts';
import { projectRoot } from '../places.ts';
import { type ConsoleFiles, readConsoleFiles } from './console-files.ts';

const SOURCES = [
  'console/*.*',
  'console/{src,public}/**/*.*',
  'package-lock.json',
  'localstack/front/built-console.ts',
];
const KEPT = 'console-';

async function build(directory: string): Promise<void> {
  const vite = join(projectRoot, 'node_modules/vite/bin/vite.js');
  const options = ['build', join(projectRoot, 'console'), '--outDir', directory, '--emptyOutDir'];
  // Whatever the caller's own is: another one would bring in React's development build.
  const env = { ...process.env, NODE_ENV: 'production' };
  // Rejects with what vite said.
  await promisify(execFile)(process.execPath, [vite, ...options], { cwd: projectRoot, env });
}

/** @param cacheDir where builds are kept; only the newest stays. @throws Error with what vite said when it fails. */
export async function builtConsole(cacheDir: string): Promise<ConsoleFiles> {
  const name = KEPT + fingerprint(SOURCES);
  const kept = join(cacheDir, name);
  if (!existsSync(kept)) {
    mkdirSync(cacheDir, { recursive: true });
    const half = `${kept}.${process.pid}`;
    await build(half);
    keep(half, kept);
    for (const each of readdirSync(cacheDir))
      if (each.startsWith(KEPT) && !each.startsWith(name)) rmSync(join(cacheDir, each), { recursive: true });
  }
  return readConsoleFiles(kept);
}

/** Two starts at once may both come here: a rename puts a whole folder there, or finds one. */
function keep(half: string, kept: string): void {
  try {
    renameSync(half, kept);
  } catch (error) {
    if (!existsSync(kept)) throw error;
    rmSync(half, { recursive: true });
  }
}
