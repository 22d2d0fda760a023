import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

const RESULTS = join(import.meta.dirname, 'results');
const ROOT = join(import.meta.dirname, '..');

export interface Conditions {
  /** UTC, to the minute: `2026-11-29 10:40`. */
  readonly at: string;
  readonly machine: string;
  /** `d7d5ef8`, or that with what was changed and not committed. */
  readonly commit: string;
}

const git = (...args: string[]): string => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();

/** Results of other benches are no change of what is measured. A copy without its history has no commit to name. */
const commitOf = (): string => {
  try {
    const changed = git('status', '--porcelain', '--', '.', ':!bench/results') !== '';
    return `${git('rev-parse', '--short', 'HEAD')}${changed ? ' with changes that were not committed' : ''}`;
  } catch {
    return 'unknown';
  }
};

/** What this process runs on, now. */
export const conditions = (): Conditions => ({
  at: new Date().toISOString().slice(0, 16).replace('T', ' '),
  machine: [
    `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
    `${Math.round(totalmem() / 2 ** 30)} GB`,
    `${process.platform} ${process.arch}`,
    `Node.js ${process.version.slice(1)}`,
  ].join(', '),
  commit: commitOf(),
});

/** A bench's output as a page, under the command and the conditions that made it. */
export const resultPage = (command: readonly string[], output: string, given: Conditions): string =>
  [
    `# ${command[0]}`,
    `\`npm run bench -- ${command.join(' ')}\``,
    [`- begun: ${given.at} UTC`, `- machine: ${given.machine}`, `- commit: ${given.commit}`].join('\n'),
    `${output.trim()}\n`,
  ].join('\n\n');

/** Keeps a bench's output in place of its last one. */
export const keepResult = (command: readonly string[], output: string, given: Conditions): void => {
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, `${command[0]}.md`), resultPage(command, output, given));
};
