/**
 * `npm run requirements` writes the last column of docs/requirements.md: the test files in which some test's title carries the
 * rule's id. What the rule says, and where it is kept, is written by hand.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const page = join(root, 'docs/requirements.md');

const testFiles = readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.test.ts') && !file.endsWith('requirements.test.ts'))
  .toSorted()
  .map((file) => ({ path: `tests/${file}`, text: readFileSync(join(root, 'tests', file), 'utf8') }));

const linksFor = (rule: string): string => {
  const titled = new RegExp(`['"\`][^'"\`\\n]*${rule}\\b`);
  return testFiles
    .filter(({ text }) => titled.test(text))
    .map(({ path }) => `[${path.split('/').at(-1)}](../${path})`)
    .join('<br>');
};

const lines = readFileSync(page, 'utf8')
  .split('\n')
  .map((line) => {
    const [, rule] = /^\| (R-[A-Z]+-\d+) \|/.exec(line) ?? [];
    if (rule === undefined) return line;
    const cells = line.split('|');
    return [...cells.slice(0, -2), ` ${linksFor(rule)} `, ''].join('|');
  });
writeFileSync(page, lines.join('\n'));
