import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  billedUsd,
  type IdleResources,
  idleResources,
  idleRows,
  totalUsd,
  withPlanned,
} from '../../scripts/idle-cost/monthly-cost.ts';
import { PLANNED } from '../../scripts/idle-cost/planned.ts';
import { alarms, ofType, template } from './support/packaged.ts';

const page = (path: string): string => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');
const section = (): string => {
  const operations = page('docs/operations.md');
  return operations.slice(operations.indexOf('### What idle costs'));
};

/** As `npm run idle-cost` measured it; a tick that reads more must be measured anew. */
const readUnits = Number(/ticks: read units \| (\d+)/.exec(section())?.[1]);
const now = idleResources(template);
const whole = withPlanned(now, Object.values(PLANNED));
const wholeReadUnits = (readUnits * whole.ticksAMonth) / now.ticksAMonth;

test('a month without traffic costs no more than it may, now and with nineteen modules', () => {
  expect(readUnits).toBeGreaterThan(0);
  const usd = [billedUsd(idleRows(now, readUnits)), billedUsd(idleRows(whole, wholeReadUnits))];
  console.log(`idle: ${usd.map((each) => each.toFixed(2)).join(', with nineteen modules ')} USD a month`);
  expect(usd[0]).toBeLessThanOrEqual(CEILING_USD.now);
  expect(usd[1]).toBeLessThanOrEqual(CEILING_USD.nineteen);
});

const CEILING_USD = { now: 10, nineteen: 16 };

test('the pages say what it costs', () => {
  const rows = idleRows(now, readUnits);
  const told = [...section().matchAll(/\*\*sum\*\* \|[ |]*([\d.]+) \| ([\d.]+) \|/g)].map(([, ...usd]) =>
    usd.map(Number),
  );
  const rounded = (each: typeof rows) =>
    [totalUsd(each), billedUsd(each)].map((usd) => Number(usd.toFixed(2)));
  expect(told).toEqual([rounded(rows), rounded(idleRows(whole, wholeReadUnits))]);
  const [, stated] = /some (\d+) USD a month/.exec(page('README.md')) ?? [];
  expect(stated).toBe(billedUsd(rows).toFixed(0));
});

test('what is counted is what the template has', () => {
  expect(now).toMatchObject({
    alarmMetrics: alarms.length,
    standardPollers: ofType('AWS::Lambda::EventSourceMapping').length - now.fifoPollers,
    secrets: 1,
  });
});

test('a planned module brings its polls, the alarm of its dead letters and that of its ticks', () => {
  const nothing: IdleResources = {
    standardPollers: 0,
    fifoPollers: 0,
    alarmMetrics: 0,
    dashboards: 0,
    secrets: 0,
    ticksAMonth: 0,
  };
  const planned = { queues: 2, fifoQueues: 1, schedules: ['rate(1 minute)'], ownAlarms: 1 };
  expect(withPlanned(nothing, [planned])).toMatchObject({
    standardPollers: 2,
    fifoPollers: 1,
    alarmMetrics: 4,
    ticksAMonth: 43776,
  });
  expect(withPlanned(nothing, [{ queues: 0 }])).toEqual(nothing);
});
