/**
 * What is paid for although nothing happens: counted from the packaged template. Prices of us-east-1 in USD, as of November 2026,
 * and what AWS gives every account for good. Pure.
 */
import { silentSec } from '../../infra/alarms.ts';
import type { Resource, Template } from '../../localstack/cloudformation.ts';

export const MONTH_SEC = 30.4 * 24 * 3600;
/** Lambda asks an idle queue by five long polls of 20 s at once. */
const POLLS_A_MONTH = (5 * MONTH_SEC) / 20;

const USD = {
  standardRequest: 0.4e-6,
  fifoRequest: 0.5e-6,
  alarmMetric: 0.1,
  dashboard: 3,
  secret: 0.4,
  invocation: 0.2e-6,
  gbSec: 0.0000133334,
  readUnit: 0.125e-6,
  logGb: 0.5,
};
/** Not for the first year only: https://aws.amazon.com/free, "always free". */
const FREE = {
  sqsRequests: 1_000_000,
  alarmMetrics: 10,
  dashboards: 3,
  invocations: 1_000_000,
  gbSec: 400_000,
  logGb: 5,
};
/** A tick with nothing to do, as billed; and what Lambda and the tick itself write into the log. */
const TICK_SEC = 0.1;
const TICK_GB = 0.5;
const TICK_LOG_BYTES = 900;

export const ASSUMPTIONS = [
  'prices of us-east-1 in USD, November 2026; one stage alone in its account',
  'Lambda asks each queue that it listens to by five long polls of 20 s, whether anything comes or not (seen, not documented)',
  `a tick with nothing to do takes ${TICK_SEC} s of ${TICK_GB} GB and writes ${TICK_LOG_BYTES} bytes`,
  'no custom metric is sent, nothing is stored, and the deployment buckets hold some megabytes',
];

export interface IdleResources {
  readonly standardPollers: number;
  readonly fifoPollers: number;
  readonly alarmMetrics: number;
  readonly dashboards: number;
  readonly secrets: number;
  readonly ticksAMonth: number;
}

export interface IdleRow {
  readonly what: string;
  readonly count: number;
  readonly price: string;
  readonly usd: number;
  /** What is left of it after what AWS gives for good. */
  readonly billedUsd: number;
}

const ofType = (template: Template, type: string): Resource[] =>
  Object.values(template.Resources).filter(({ Type }) => Type === type);

const polled = (template: Template, { Properties }: Resource): Resource | undefined => {
  const source = Properties?.EventSourceArn as { 'Fn::GetAtt': [string, string] };
  return template.Resources[source['Fn::GetAtt'][0]];
};

/** Metrics that an alarm looks at: each is paid for. */
const metricsOf = ({ Properties = {} }: Resource): number => {
  const { Metrics } = Properties as { Metrics?: { MetricStat?: object }[] };
  return Metrics ? Metrics.filter(({ MetricStat }) => MetricStat).length : 1;
};

/** `rate(5 minutes)` → 300; what comes once a day or less costs nothing worth a line. */
export const everySec = (expression: string): number => {
  const [, number, unit] = /^rate\((\d+) (minute|hour)s?\)$/.exec(expression) ?? [];
  return unit === undefined ? Number.POSITIVE_INFINITY : Number(number) * (unit === 'hour' ? 3600 : 60);
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

export const idleResources = (template: Template): IdleResources => {
  const pollers = ofType(template, 'AWS::Lambda::EventSourceMapping');
  const fifo = pollers.filter((each) => polled(template, each)?.Properties?.FifoQueue === true).length;
  const schedules = ofType(template, 'AWS::Events::Rule').map(({ Properties }) =>
    everySec(String(Properties?.ScheduleExpression)),
  );
  return {
    standardPollers: pollers.length - fifo,
    fifoPollers: fifo,
    alarmMetrics: sum(ofType(template, 'AWS::CloudWatch::Alarm').map(metricsOf)),
    dashboards: ofType(template, 'AWS::CloudWatch::Dashboard').length,
    secrets: ofType(template, 'AWS::SecretsManager::Secret').length,
    ticksAMonth: Math.round(sum(schedules.map((sec) => MONTH_SEC / sec))),
  };
};

/** A module that is to come, as far as it costs something while nothing happens. */
export interface PlannedModule {
  readonly queues: number;
  readonly fifoQueues?: number;
  /** Rates of its ticks. */
  readonly schedules?: readonly string[];
  /** Alarms on what it counts itself, or on the age of what somebody waits for. */
  readonly ownAlarms?: number;
}

/** The same with modules added, each with what infra/ would make of its declaration. */
export const withPlanned = (now: IdleResources, planned: readonly PlannedModule[]): IdleResources => {
  const alarmsOf = ({ queues, fifoQueues = 0, schedules = [], ownAlarms = 0 }: PlannedModule): number =>
    // One for dead letters, one for those of FIFO queues, one for each schedule that CloudWatch can miss.
    Number(queues > 0) +
    Number(fifoQueues > 0) +
    schedules.filter((each) => silentSec(each) !== undefined).length +
    ownAlarms;
  const ticks = planned.flatMap(({ schedules = [] }) => schedules.map((each) => MONTH_SEC / everySec(each)));
  return {
    ...now,
    standardPollers: now.standardPollers + sum(planned.map(({ queues }) => queues)),
    fifoPollers: now.fifoPollers + sum(planned.map(({ fifoQueues = 0 }) => fifoQueues)),
    alarmMetrics: now.alarmMetrics + sum(planned.map(alarmsOf)),
    ticksAMonth: Math.round(now.ticksAMonth + sum(ticks)),
  };
};

interface Billed {
  readonly what: string;
  readonly count: number;
  readonly usdEach: number;
  /** As printed. */
  readonly price: string;
  /** So many cost nothing. */
  readonly free?: number;
}

const rowOf = ({ what, count, usdEach, price, free = 0 }: Billed): IdleRow => ({
  what,
  count: count < 10 ? Number(count.toFixed(2)) : Math.round(count),
  price,
  usd: count * usdEach,
  billedUsd: Math.max(0, count - free) * usdEach,
});

const tickRows = (ticks: number, readUnits: number): Billed[] => [
  {
    what: 'ticks: calls',
    count: ticks,
    usdEach: USD.invocation,
    price: '0.20 a million',
    free: FREE.invocations,
  },
  {
    what: 'ticks: GB-seconds',
    count: ticks * TICK_SEC * TICK_GB,
    usdEach: USD.gbSec,
    price: '13.33 a million',
    free: FREE.gbSec,
  },
  {
    what: 'ticks: GB of log',
    count: (ticks * TICK_LOG_BYTES) / 1024 ** 3,
    usdEach: USD.logGb,
    price: '0.50',
    free: FREE.logGb,
  },
  { what: 'ticks: read units', count: readUnits, usdEach: USD.readUnit, price: '0.125 a million' },
];

/** @param readUnits what all ticks of a month read. */
export const idleRows = (idle: IdleResources, readUnits: number): IdleRow[] =>
  [
    {
      what: 'alarms (each metric they look at)',
      count: idle.alarmMetrics,
      usdEach: USD.alarmMetric,
      price: '0.10',
      free: FREE.alarmMetrics,
    },
    {
      what: `polls of ${idle.standardPollers} standard queues`,
      count: idle.standardPollers * POLLS_A_MONTH,
      usdEach: USD.standardRequest,
      price: '0.40 a million',
      free: FREE.sqsRequests,
    },
    {
      what: `polls of FIFO queues (${idle.fifoPollers})`,
      count: idle.fifoPollers * POLLS_A_MONTH,
      usdEach: USD.fifoRequest,
      price: '0.50 a million',
    },
    {
      what: 'dashboards',
      count: idle.dashboards,
      usdEach: USD.dashboard,
      price: '3.00',
      free: FREE.dashboards,
    },
    { what: 'the master secret', count: idle.secrets, usdEach: USD.secret, price: '0.40' },
    ...tickRows(idle.ticksAMonth, readUnits),
  ].map(rowOf);

export const totalUsd = (rows: readonly IdleRow[]): number => sum(rows.map(({ usd }) => usd));
export const billedUsd = (rows: readonly IdleRow[]): number => sum(rows.map((row) => row.billedUsd));
