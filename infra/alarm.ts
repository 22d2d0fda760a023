import { type Resource, ref, type Value } from './names.ts';

export const TOPIC_ID = 'AlarmTopic';

interface Alarm {
  readonly description: string;
  readonly namespace: string;
  readonly metric: string;
  readonly statistic: 'Sum' | 'Maximum';
  readonly dimensions: Readonly<Record<string, Value>>;
  readonly periodSec: number;
  /** The alarm rises at this value or above it, or, if `isMissed`, below it. */
  readonly threshold: number;
  /** Periods in a row. */
  readonly periods?: number;
  /** The alarm is about something that should come and does not. */
  readonly isMissed?: boolean;
}

/** AWS bills the metrics of alarms, each of them, so an alarm looks at one. It tells the topic when it rises and when it is over. */
export const alarm = (given: Alarm): Resource => ({
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
    ComparisonOperator: given.isMissed ? 'LessThanThreshold' : 'GreaterThanOrEqualToThreshold',
    // Where nothing happens no figures come at all, and that is well, except of what should happen by itself.
    TreatMissingData: given.isMissed ? 'breaching' : 'notBreaching',
    AlarmActions: [ref(TOPIC_ID)],
    OKActions: [ref(TOPIC_ID)],
  },
});
