import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { moduleNames } from '../../infra/modules.ts';
import { METRICS_NAMESPACE } from '../../lib/platform/log.ts';
import { readYaml } from './support/configuration.ts';
import { alarms, type Json, ofType } from './support/packaged.ts';

const root = join(import.meta.dirname, '../..');
const COUNTED = /\b(?:count|measure)\(\s*\w+,\s*'([A-Za-z]+)'/g;

const sources = globSync('{lib,functions}/**/*.ts', { cwd: root }).map((file) =>
  readFileSync(join(root, file), 'utf8'),
);
/** Named where it is counted; some are chosen from a table of names. */
const counted = sources.flatMap((text) => [...text.matchAll(COUNTED)].map(([, name = '']) => name));
const isNamed = (metric: string): boolean => sources.some((text) => text.includes(`'${metric}'`));

interface Declared {
  readonly metrics?: Readonly<Record<string, { readonly alarmAt?: number; readonly by?: string }>>;
}
const declared = moduleNames().flatMap((module) =>
  Object.entries((readYaml(`functions/${module}/functions.yml`) as Declared).metrics ?? {}),
);
const watched = alarms.filter(({ Namespace }) => Namespace === METRICS_NAMESPACE);

test('whatever the code counts is declared', () => {
  expect(counted.length).toBeGreaterThan(10);
  expect(counted.filter((name) => !declared.some(([known]) => known === name))).toEqual([]);
});

test('nothing is declared that nobody counts', () => {
  expect(declared.filter(([name]) => !isNamed(name))).toEqual([]);
});

test('what is declared with a number raises an alarm, and what is without does not', () => {
  const expected = declared.flatMap(([name, { alarmAt }]) => (alarmAt === undefined ? [] : [name]));
  expect(watched.map(({ MetricName }) => MetricName).sort()).toEqual(expected.sort());
});

test('an alarm looks at the figures of its own stage alone', () => {
  for (const { Dimensions } of watched) expect(Dimensions).toEqual([{ Name: 'stage', Value: 'dev' }]);
});

describe('dashboards', () => {
  const dashboards = ofType('AWS::CloudWatch::Dashboard').map(([id, { Properties }]) => ({
    id,
    name: Properties.DashboardName,
    widgets: JSON.parse(Properties.DashboardBody['Fn::Sub']).widgets as Json[],
  }));
  const linesOf = (widgets: Json[]): Json[][] => widgets.flatMap(({ properties }) => properties.metrics);

  test('are three at most, with fifty metrics at most each: no more are free', () => {
    expect(dashboards.map(({ name }) => name)).toEqual(['dev-rotadesk-business', 'dev-rotadesk-operations']);
    for (const { widgets } of dashboards) expect(linesOf(widgets).length).toBeLessThanOrEqual(50);
  });

  test('show each declared figure once, of this stage', () => {
    const shown = dashboards.flatMap(({ widgets }) => linesOf(widgets)).map((line) => JSON.stringify(line));
    for (const [name, { by }] of declared) {
      const line = by
        ? `[{"expression":"SEARCH('{Rotadesk,stage,${by}} MetricName=\\"${name}\\" stage=\\"dev\\"', 'Sum', 300)"}]`
        : `["Rotadesk","${name}","stage","dev"]`;
      expect([name, shown.filter((each) => each === line)]).toEqual([name, [line]]);
    }
  });

  test('show what stands in queues that exist', () => {
    const names = dashboards
      .flatMap(({ widgets }) => linesOf(widgets))
      .flatMap(([namespace, , , name]) => (namespace === 'AWS/SQS' ? [name] : []));
    const queues = ofType('AWS::SQS::Queue').map(([, { Properties }]) => Properties.QueueName);
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !queues.includes(name))).toEqual([]);
  });

  test('lie in columns that do not overlap', () => {
    for (const { widgets } of dashboards) {
      const places = widgets.map(({ x, y }) => `${x} ${y}`);
      expect(new Set(places).size).toBe(widgets.length);
      for (const { x, width } of widgets) expect(x + width).toBeLessThanOrEqual(24);
    }
  });
});
