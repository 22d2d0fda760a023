/**
 * Keeps the bundles of the last run while nothing they are made of changes: bundling takes 5 s of one core, and esbuild
 * would keep 1.4 GB for rebuilding as long as the run lasts.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stop } from 'esbuild';
import { fingerprint } from '../fingerprint.ts';

const SOURCES = [
  'lib/**/*.ts',
  'functions/**/*.ts',
  'infra/**/*.cjs',
  'docs/openapi.json',
  'serverless.yml',
  'package-lock.json',
];

export interface Bundler {
  workDirPath: string;
  buildDirPath: string;
  readonly outputBuildFolder: string;
  bundle(): Promise<void>;
  disposeContexts(): Promise<void>;
  watch(): void;
}

/** @param directory an absolute path; packaging removes its own work folder, and a run beside it must not lose its bundles. */
export function bundleWhenChanged(bundler: Bundler, directory: string): void {
  bundler.workDirPath = directory;
  bundler.buildDirPath = join(directory, bundler.outputBuildFolder);
  // It would walk the whole folder to rebuild what this process has loaded already: a change needs a new start.
  bundler.watch = () => {};
  const stamp = join(directory, 'made-of');
  const bundle = bundler.bundle.bind(bundler);
  bundler.bundle = async () => {
    const now = fingerprint(SOURCES);
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
    rmSync(stamp, { force: true });
    await bundle();
    // Its service is a process of its own, shared by all of this one; a later build would start it anew.
    await bundler.disposeContexts();
    await stop();
    writeFileSync(stamp, now);
  };
}
