import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const root = join(__dirname, '../../..');
const src = join(root, 'console/src');

/** What a file imports of ours: static, lazy, types, styles. Our linter of imports reads no JSX. */
const importsOf = (text: string): string[] =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => match[1] ?? '');

/** Which folders of `src` each may import, besides itself. Modules: the three that are shared. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  api: [],
  parts: ['api'],
  app: ['api', 'parts'],
};
const SHARED = ['app', 'parts', 'api'];

/** @param file and @param target relative to `console/src` */
const isAllowed = (file: string, target: string): boolean => {
  const [from = '', to = ''] = [file, target].map((path) => path.split('/')[0]);
  return to === from || (MAY[from] ?? SHARED).includes(to);
};

test('modules of the console import app, parts and api, never each other nor the product', () => {
  const files = globSync('**/*.{ts,tsx}', { cwd: src });
  const broken = files.flatMap((file) =>
    importsOf(readFileSync(join(src, file), 'utf8'))
      .map((target) => relative(src, join(src, dirname(file), target)))
      .filter((target) => !isAllowed(file, target))
      .map((target) => `${file} → ${target}`),
  );
  expect(files.length).toBeGreaterThan(30);
  expect(broken).toEqual([]);
});

test.each([
  ['executor/list.tsx', 'client/write.tsx', false],
  ['executor/list.tsx', 'executor/rows/row.tsx', true],
  ['executor/list.tsx', 'parts/button.tsx', true],
  ['parts/button.tsx', 'app/theme.ts', false],
  ['api/client.ts', 'parts/button.tsx', false],
  ['app/shell/shell.tsx', 'executor/places.ts', false],
  ['executor/list.tsx', '../../lib/desk/model.ts', false],
])('%s may import %s: %s', (file, target, expected) => {
  expect(isAllowed(file, target)).toBe(expected);
});

test('finds imports of every kind', () => {
  const text =
    "import a from './a.ts';\nimport type { b } from '../b.ts';\nimport './c.css';\nimport('./d.tsx');";
  expect(importsOf(text)).toEqual(['./a.ts', '../b.ts', './c.css', './d.tsx']);
});
