/** What .github says, read as text: it runs nowhere but there. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const files = globSync('.github/**/*.yml', { cwd: root }).map((path) => ({
  path,
  text: readFileSync(join(root, path), 'utf8'),
}));
const workflows = files.filter(({ path }) => path.includes('workflows'));
const all = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);

test.each(files)('$path pins every action by digest, and says of which version', ({ text }) => {
  const loose = all(text, /uses: (.+)$/gm).filter(
    (used) => !used.startsWith('./') && !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(used),
  );
  expect(loose).toEqual([]);
});

test.each(workflows)('$path limits the time of every job, and what its token may do', ({ text }) => {
  expect(all(text, /(timeout-minutes): \d+$/gm)).toHaveLength(all(text, /(runs-on): /g).length);
  expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
});

test.each(workflows)('$path runs scripts that there are', ({ text }) => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const run = all(text, /npm run ([\w:-]+)/g);
  expect(run.length).toBeGreaterThan(0);
  expect(run.filter((name) => !(name in scripts))).toEqual([]);
});

/** `npm test` is the two of them. */
const PARTS: Readonly<Record<string, readonly string[]>> = { test: ['test:unit', 'test:integration'] };

test('what .ci/run runs is run on a push as well', () => {
  const steps = all(
    readFileSync(join(root, '.ci/run'), 'utf8'),
    /^step \w+ npm (?:run --silent )?([\w:-]+)/gm,
  );
  const local = steps.flatMap((name) => PARTS[name] ?? name);
  const pushed = workflows.find(({ path }) => path.endsWith('ci.yml'))?.text ?? '';
  expect(local.length).toBeGreaterThan(3);
  expect(local.filter((name) => !pushed.includes(`npm run ${name}`))).toEqual([]);
});
