import { type Build, keptBuilds, needless } from '../../../scripts/console/builds.ts';

const DAY_MS = 24 * 3600 * 1000;
const NOW = Date.parse('2026-11-29T12:00:00.000Z');
const build = (daysAgo: number, ...files: string[]): Build => ({
  at: new Date(NOW - daysAgo * DAY_MS).toISOString(),
  files,
});

test('the newest build is kept however old it is', () => {
  const only = build(400, 'index.html');
  expect(keptBuilds([only], NOW)).toEqual([only]);
});

test('an earlier build is kept for thirty days after another took its place, not after it was made', () => {
  const [first, second, third] = [build(200, 'a'), build(31, 'b'), build(29, 'c')];
  expect(keptBuilds([third, first, second], NOW)).toEqual([second, third]);
  const [old, barely, newest] = [build(90, 'a'), build(30, 'b'), build(1, 'c')];
  expect(keptBuilds([old, barely, newest], NOW)).toEqual([barely, newest]);
  expect(keptBuilds([old, barely, newest], NOW - 1)).toEqual([old, barely, newest]);
});

test('only what no kept build has is needless', () => {
  const kept = [build(2, 'index.html', 'assets/a.js'), build(1, 'index.html', 'assets/b.js')];
  expect(needless(['index.html', 'assets/a.js', 'assets/b.js', 'assets/old.js'], kept)).toEqual([
    'assets/old.js',
  ]);
});
