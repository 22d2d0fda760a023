import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { METRICS_NAMESPACE } from '../../lib/platform/log.ts';
import { alarms } from './support/packaged.ts';

const root = join(import.meta.dirname, '../..');
const COUNTED = /\bcount\(\s*rt,\s*'([A-Za-z]+)'/g;

const counted = (): string[] => {
  const files = globSync('{lib,functions}/**/*.ts', { cwd: root });
  const names = files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(COUNTED)].map(([, name = '']) => name),
  );
  return [...new Set(names)].toSorted();
};

const watched = alarms.filter(({ Namespace }) => Namespace === METRICS_NAMESPACE);

test('whatever the code counts has an alarm, and no alarm waits for what nobody counts', () => {
  expect(watched.map(({ MetricName }) => MetricName).toSorted()).toEqual(counted());
});

test('an alarm looks at the figures of its own stage alone', () => {
  for (const { Dimensions } of watched) expect(Dimensions).toEqual([{ Name: 'stage', Value: 'dev' }]);
});
