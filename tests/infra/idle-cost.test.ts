import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { idleResources, idleRows, totalUsd } from '../../bench/idle/monthly-cost.ts';
import { template } from './support/packaged.ts';

const page = (path: string): string => readFileSync(join(__dirname, '../..', path), 'utf8');
const stated = (text: string): number => Number(/(\d+) USD/.exec(text)?.[1]);

test('what idle costs is near what the pages say, however many queues and alarms there are by now', () => {
  const operations = page('docs/operations.md');
  const readUnits = Number(/read units\) \| (\d+)/.exec(operations)?.[1]);
  const usd = totalUsd(idleRows(idleResources(template), readUnits));
  for (const text of [page('README.md'), operations.slice(operations.indexOf('### What idle costs'))]) {
    expect(Math.abs(stated(text) / usd - 1)).toBeLessThan(0.25);
  }
});
