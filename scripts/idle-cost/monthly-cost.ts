/** What is paid for although nothing happens. Prices of us-east-1 in USD, as of November 2026, without the free tiers. Pure. */
import type { Resource, Template } from '../../localstack/cloudformation.ts';

const MONTH_SEC = 30.4 * 24 * 3600;
/** Lambda asks an idle queue by five long polls of 20 s at once. */
const POLLS_A_MONTH = (5 * MONTH_SEC) / 20;
const USD = {
  standardRequest: 0.4e-6,
  fifoRequest: 0.5e-6,
  alarmMetric: 0.1,
  secret: 0.4,
  invocation: 0.2e-6,
  gbSec: 0.0000133334,
  readUnit: 0.125e-6,
  logGb: 0.5,
};
/** A tick with nothing to do, as billed; and what Lambda and the tick itself write into the log. */
const TICK_SEC = 0.1;
const TICK_LOG_BYTES = 900;

export interface IdleResources {
  readonly standardPollers: number;
  readonly fifoPollers: number;
  readonly alarmMetrics: number;
  readonly secrets: number;
  readonly ticksAMonth: number;
  readonly tickGb: number;
}

export interface IdleRow {
  readonly what: string;
  readonly count: number;
  readonly price: string;
  readonly usd: number;
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
const everySec = (expression: string): number => {
  const [, number, unit] = /^rate\((\d+) (minute|hour)s?\)$/.exec(expression) ?? [];
  return unit === undefined ? Number.POSITIVE_INFINITY : Number(number) * (unit === 'hour' ? 3600 : 60);
};

export const idleResources = (template: Template): IdleResources => {
  const pollers = ofType(template, 'AWS::Lambda::EventSourceMapping');
  const fifo = pollers.filter((each) => polled(template, each)?.Properties?.FifoQueue === true).length;
  const ticks = ofType(template, 'AWS::Events::Rule').map(({ Properties }) =>
    everySec(String(Properties?.ScheduleExpression)),
  );
  return {
    standardPollers: pollers.length - fifo,
    fifoPollers: fifo,
    alarmMetrics: ofType(template, 'AWS::CloudWatch::Alarm').reduce((sum, each) => sum + metricsOf(each), 0),
    secrets: ofType(template, 'AWS::SecretsManager::Secret').length,
    ticksAMonth: Math.round(ticks.reduce((sum, each) => sum + MONTH_SEC / each, 0)),
    tickGb: 0.5,
  };
};

export const idleRows = (idle: IdleResources, readUnits: number): IdleRow[] => {
  const { ticksAMonth, tickGb } = idle;
  const row = (what: string, count: number, usdEach: number, price: string): IdleRow => ({
    what,
    count: Math.round(count),
    price,
    usd: count * usdEach,
  });
  const tickUsd = USD.invocation + TICK_SEC * tickGb * USD.gbSec + (TICK_LOG_BYTES / 1024 ** 3) * USD.logGb;
  return [
    row('alarms (each metric they look at)', idle.alarmMetrics, USD.alarmMetric, '0.10 each'),
    row('pollers of standard queues', idle.standardPollers, POLLS_A_MONTH * USD.standardRequest, '0.26 each'),
    row('pollers of FIFO queues', idle.fifoPollers, POLLS_A_MONTH * USD.fifoRequest, '0.33 each'),
    row('the master secret', idle.secrets, USD.secret, '0.40 each'),
    row('ticks: invocations, 0.1 s of 512 MB, their log lines', ticksAMonth, tickUsd, '1.29 a million'),
    row('what ticks read (read units)', readUnits, USD.readUnit, '0.125 a million'),
  ];
};

export const totalUsd = (rows: readonly IdleRow[]): number => rows.reduce((sum, { usd }) => sum + usd, 0);
