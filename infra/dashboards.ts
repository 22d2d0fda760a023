import { METRICS_NAMESPACE } from '../lib/platform/log.ts';
import type { ModuleDeclaration, Product } from './declaration.ts';
import { FAILURES_METRIC, failuresNamespace } from './failures.ts';
import type { Resource, Resources } from './names.ts';
import { deadLetterQueues } from './queues.ts';

/** A metric as a dashboard names it: namespace, name, then each dimension with its value; or an expression. */
type Line = readonly (string | Readonly<Record<string, string>>)[];

interface Widget {
  readonly title: string;
  readonly stat: 'Sum' | 'Maximum' | 'p95';
  readonly lines: readonly Line[];
}

const COLUMNS = 3;
const WIDTH = 24 / COLUMNS;
const HEIGHT = 6;
const PERIOD_SEC = 300;

/** CloudWatch fills in region and API when the stack is made. */
const dashboard = ({ service, stage }: Product, name: string, widgets: readonly Widget[]): Resource => {
  const body = {
    widgets: widgets.map(({ title, stat, lines }, index) => ({
      type: 'metric',
      x: (index % COLUMNS) * WIDTH,
      y: Math.floor(index / COLUMNS) * HEIGHT,
      width: WIDTH,
      height: HEIGHT,
      properties: { title, stat, period: PERIOD_SEC, region: `\${AWS::Region}`, metrics: lines },
    })),
  };
  return {
    Type: 'AWS::CloudWatch::Dashboard',
    Properties: {
      DashboardName: `${stage}-${service}-${name}`,
      DashboardBody: { 'Fn::Sub': JSON.stringify(body) },
    },
  };
};

type Metric = ModuleDeclaration['metrics'][string];

const lineOf = ({ stage }: Product, name: string, { by, statistic }: Metric): Line => {
  if (by === undefined) return [METRICS_NAMESPACE, name, 'stage', stage];
  const search = `{${METRICS_NAMESPACE},stage,${by}} MetricName="${name}" stage="${stage}"`;
  return [{ expression: `SEARCH('${search}', '${statistic}', ${PERIOD_SEC})` }];
};

/** What the business is about: each figure that is declared without an alarm. */
const business = (product: Product): Widget[] =>
  Object.values(product.modules).flatMap(({ metrics }) =>
    Object.entries(metrics).flatMap(([name, metric]) =>
      metric.alarmAt === undefined
        ? [{ title: metric.description, stat: metric.statistic, lines: [lineOf(product, name, metric)] }]
        : [],
    ),
  );

const queueLine = ({ service, stage }: Product, metric: string, name: string): Line => [
  'AWS/SQS',
  metric,
  'QueueName',
  `${stage}-${service}-${name}`,
];

/** The HTTP API and the functions behind it, all of them together. */
const shared = (product: Product): Widget[] => {
  const api = (metric: string): Line => ['AWS/ApiGateway', metric, 'ApiId', `\${HttpApi}`];
  return [
    { title: 'Requests', stat: 'Sum', lines: [api('Count'), api('4xx'), api('5xx')] },
    { title: 'Latency, 95 of 100, ms', stat: 'p95', lines: [api('Latency'), api('IntegrationLatency')] },
    {
      title: 'Functions that failed or were held back',
      stat: 'Sum',
      lines: [
        [failuresNamespace(product), FAILURES_METRIC],
        ['AWS/Lambda', 'Throttles'],
      ],
    },
  ];
};

/** Queues where somebody waits, what ended among the dead, and every figure that has an alarm. */
const queuesAndCounts = (product: Product): Widget[] => {
  const modules = Object.entries(product.modules);
  const aged = Object.entries(product.queues).filter(([, { ageAlarmSec }]) => ageAlarmSec !== undefined);
  const dead = modules.flatMap(([module, own]) => Object.values(deadLetterQueues(own, module)));
  const terminal = Object.entries(product.queues).flatMap(([name, each]) => (each.terminal ? [name] : []));
  const watched = Object.entries(product.metrics).filter(([, { alarmAt }]) => alarmAt !== undefined);
  return [
    {
      title: 'Age of the oldest message, s',
      stat: 'Maximum',
      lines: aged.map(([name]) => queueLine(product, 'ApproximateAgeOfOldestMessage', name)),
    },
    {
      title: 'Dead letters and refused messages',
      stat: 'Maximum',
      lines: [...dead, ...terminal].map((name) =>
        queueLine(product, 'ApproximateNumberOfMessagesVisible', name),
      ),
    },
    {
      title: 'What raises an alarm',
      stat: 'Sum',
      lines: watched.map(([name, metric]) => lineOf(product, name, metric)),
    },
  ];
};

/** Two for all modules: AWS gives three with fifty metrics each, and any more are dearer than all alarms. */
export const dashboards = (product: Product): Resources => ({
  BusinessDashboard: dashboard(product, 'business', business(product)),
  OperationsDashboard: dashboard(product, 'operations', [...shared(product), ...queuesAndCounts(product)]),
});
