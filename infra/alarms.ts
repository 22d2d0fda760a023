import { METRICS_NAMESPACE } from '../lib/platform/log.ts';
import type { ModuleDeclaration, Product } from './declaration.ts';
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

const queueAlarms = ({ queues }: ModuleDeclaration): Resources =>
  Object.assign(
    {},
    ...Object.entries(queues).map(([name, { ageAlarmSec, terminal }]) => ({
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

const functionAlarms = ({ functions }: ModuleDeclaration): Resources =>
  Object.fromEntries(
    Object.keys(functions).map((name) => [
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
const metricAlarms = ({ stage }: Product, { metrics }: ModuleDeclaration): Resources =>
  Object.fromEntries(
    Object.entries(metrics).map(([name, { description, alarmAt, periodSec }]) => [
      `${name}Alarm`,
      alarm({
        description,
        namespace: METRICS_NAMESPACE,
        metric: name,
        statistic: 'Sum',
        dimensions: { stage },
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

/** What a module's own things raise. */
export const alarms = (product: Product, own: ModuleDeclaration): Resources => ({
  ...queueAlarms(own),
  ...functionAlarms(own),
  ...metricAlarms(product, own),
});

/** What there is once for all modules: whom alarms tell, and what the gateway they share raises. */
export const sharedAlarms = (product: Product): Resources => ({
  [TOPIC_ID]: topic(product),
  HttpApiServerErrorAlarm: apiAlarm(),
});
