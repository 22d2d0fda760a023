/** A file that moved is noticed at once; that all the page says works is tests/infra/contributing.test.ts. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');

/** Files that the page shows, by their paths. */
const shown = new Map(
  [...page.matchAll(/```ts\n *\/\/ (\S+)\n([\s\S]*?)```/g)].map(([, path = '', text = '']) => [path, text]),
);

test('what the files in CONTRIBUTING.md import is there', () => {
  expect(shown.size).toBeGreaterThan(5);
  const imported = [...shown].flatMap(([path, text]) =>
    [...text.matchAll(/from '(\.[^']+)'/g)].map(([, file = '']) => normalize(join(dirname(path), file))),
  );
  expect(imported.length).toBeGreaterThan(10);
  expect(imported.filter((file) => !shown.has(file) && !existsSync(join(root, file)))).toEqual([]);
});
