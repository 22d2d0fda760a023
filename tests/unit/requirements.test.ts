import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const page = readFileSync(join(root, 'docs/requirements.md'), 'utf8');

interface Row {
  readonly rule: string;
  readonly files: readonly string[];
  readonly tests: readonly string[];
}

const links = (cell: string): string[] =>
  [...cell.matchAll(/\]\(\.\.\/([^)]+)\)/g)].map((match) => match[1] ?? '');

const rows: Row[] = page
  .split('\n')
  .filter((line) => /^\| R-/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, rule = '', , files = '', , tests = '']) => ({ rule, files: links(files), tests: links(tests) }));

const testFiles = readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts') && !file.endsWith('requirements.test.ts'))
  .map((file) => ({ path: `tests/${file}`, text: readFileSync(join(root, 'tests', file), 'utf8') }));

/** Rules that stand in the title of some test of the file. */
const titled = (text: string, rule: string): boolean => new RegExp(`['"\`][^'"\`\\n]*${rule}\\b`).test(text);

/** `rules('SMS', 10)`: R-SMS-01 to R-SMS-10. */
const rules = (part: string, last: number): string[] =>
  Array.from({ length: last }, (_, i) => `R-${part}-${String(i + 1).padStart(2, '0')}`);

const expected = [
  ...rules('DESK', 13),
  ...rules('AUTH', 5),
  ...rules('SMS', 10),
  ...rules('NOT', 2),
  'R-ADM-02',
];

test('every rule built so far has a row', () => {
  expect(rows.map((row) => row.rule)).toEqual(expected);
});

test.each(rows)('$rule is kept where the page says', ({ files }) => {
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

test.each(rows)('$rule has just the tests that the page lists', ({ rule, tests }) => {
  const carrying = testFiles.filter(({ text }) => titled(text, rule)).map(({ path }) => path);
  expect(carrying.toSorted()).toEqual(tests.toSorted());
  expect(tests.length).toBeGreaterThan(0);
});
