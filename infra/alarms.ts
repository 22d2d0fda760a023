import { METRICS_NAMESPACE } from '../lib/platform/log.ts';
import type { Product } from './declaration.ts';
import {
  deadLetterId,
  functionId,
  pascal,
  queueId,
  type Resource,
  type Resources,
  ref,
  type Value,
} from './names.ts';

const TOPIC_ID = 'AlarmTopic';

interface Alarm {
  readonly description: string;
  readonly namespace: string;
  readonly metric: string;
  readonly statistic: 'Sum' | 'Maximum';
  readonly dimensions: Readonly<Record<string, Value>>;
  readonly periodSec: number;
  /** The alarm rises at this value or above it. */
  readonly threshold: number;
  /** Periods in a row. */
  readonly periods?: number;
}

const alarm = (given: Alarm): Resource => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    AlarmDescription: given.description,
    Namespace: given.namespace,
    MetricName: given.metric,
    Statistic: given.statistic,
    Dimensions: Object.entries(given.dimensions).map(([Name, Value]) => ({ Name, Value })),
    Period: given.periodSec,
    EvaluationPeriods: given.periods ?? 1,
    Threshold: given.threshold,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    // An idle desk sends no figures at all, and idle is well.
    TreatMissingData: 'notBreaching',
    AlarmActions: [ref(TOPIC_ID)],
    OKActions: [ref(TOPIC_ID)],
  },
});

const queueName = (id: string): Record<string, Value> => ({ QueueName: { 'Fn::GetAtt': [id, 'QueueName'] } });

const depthAlarm = (id: string, description: string): Resource =>
  alarm({
    description,
    namespace: 'AWS/SQS',
    metric: 'ApproximateNumberOfMessagesVisible',
    statistic: 'Maximum',
    dimensions: queueName(id),
    periodSec: 60,
    threshold: 1,
  });

const queueAlarms = (product: Product): Resources =>
  Object.assign(
    {},
    ...Object.entries(product.queues).map(([name, { ageAlarmSec, terminal }]) => ({
      [`${queueId(name)}AgeAlarm`]: alarm({
        description: `A message has waited in ${name} for ${ageAlarmSec} s or more.`,
        namespace: 'AWS/SQS',
        metric: 'ApproximateAgeOfOldestMessage',
        statistic: 'Maximum',
        dimensions: queueName(queueId(name)),
        periodSec: 60,
        threshold: ageAlarmSec,
      }),
      ...(terminal
        ? { [`${queueId(name)}DepthAlarm`]: depthAlarm(queueId(name), `A message was refused; see ${name}.`) }
        : {
            [`${deadLetterId(name)}DepthAlarm`]: depthAlarm(
              deadLetterId(name),
              `${name} gave up on a message.`,
            ),
          }),
    })),
  );

const functionAlarms = (product: Product): Resources =>
  Object.fromEntries(
    Object.keys(product.functions).map((name) => [
      `${pascal(name)}ErrorAlarm`,
      alarm({
        description: `${name} failed.`,
        namespace: 'AWS/Lambda',
        metric: 'Errors',
        statistic: 'Sum',
        dimensions: { FunctionName: ref(functionId(name)) },
        periodSec: 300,
        threshold: 1,
      }),
    ]),
  );

/** Of what the modules count themselves. */
const metricAlarms = (product: Product): Resources =>
  Object.fromEntries(
    Object.entries(product.metrics).map(([name, { description, alarmAt, periodSec }]) => [
      `${name}Alarm`,
      alarm({
        description,
        namespace: METRICS_NAMESPACE,
        metric: name,
        statistic: 'Sum',
        dimensions: { stage: product.stage },
        periodSec,
        threshold: alarmAt,
      }),
    ]),
  );

/** A handler that answers 500 has not failed in Lambda's eyes: the gateway counts those. */
const apiAlarm = (): Resource =>
  alarm({
    description: 'The HTTP API answered with a 5xx.',
    namespace: 'AWS/ApiGateway',
    metric: '5xx',
    statistic: 'Sum',
    dimensions: { ApiId: ref('HttpApi') },
    periodSec: 300,
    threshold: 1,
  });

const topic = (product: Product): Resource => ({
  Type: 'AWS::SNS::Topic',
  Properties: {
    TopicName: `${product.stage}-${product.service}-alarms`,
    ...(product.settings.alarmEmail && {
      Subscription: [{ Protocol: 'email', Endpoint: product.settings.alarmEmail }],
    }),
  },
});

export const alarms = (product: Product): Resources => ({
  [TOPIC_ID]: topic(product),
  HttpApiServerErrorAlarm: apiAlarm(),
  ...queueAlarms(product),
  ...functionAlarms(product),
  ...metricAlarms(product),
});
