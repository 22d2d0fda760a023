import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { METRICS_NAMESPACE } from '../../lib/platform/log.ts';
import { alarms } from './support/packaged.ts';

const root = join(import.meta.dirname, '../..');
const COUNTED = /\bcount\(\s*\w+,\s*'([A-Za-z]+)'/g;

const sources = globSync('{lib,functions}/**/*.ts', { cwd: root }).map((file) =>
  readFileSync(join(root, file), 'utf8'),
);
/** Named where it is counted; some are chosen from a table of names. */
const counted = sources.flatMap((text) => [...text.matchAll(COUNTED)].map(([, name = '']) => name));
const isNamed = (metric: string): boolean => sources.some((text) => text.includes(`'${metric}'`));

const watched = alarms.filter(({ Namespace }) => Namespace === METRICS_NAMESPACE);

const declared = watched.map(({ MetricName }) => MetricName);

test('whatever the code counts has an alarm', () => {
  expect(counted.length).toBeGreaterThan(0);
  expect(counted.filter((name) => !declared.includes(name))).toEqual([]);
});

test('no alarm waits for what nobody counts', () => {
  expect(declared.filter((name) => !isNamed(name))).toEqual([]);
});

test('an alarm looks at the figures of its own stage alone', () => {
  for (const { Dimensions } of watched) expect(Dimensions).toEqual([{ Name: 'stage', Value: 'dev' }]);
});
