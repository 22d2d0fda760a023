import { METRICS_NAMESPACE } from '../lib/platform/log.ts';
import { alarm } from './alarm.ts';
import type { ModuleDeclaration, Product } from './declaration.ts';
import { failureFilters } from './failures.ts';
import { pascal, queueId, type Resource, type Resources, ref, scheduleRuleId, type Value } from './names.ts';
import { deadLetterQueues } from './queues.ts';

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

const ageAlarm = (name: string, ageSec: number): Resource =>
  alarm({
    description: `A message has waited in ${name} for ${ageSec} s or more.`,
    namespace: 'AWS/SQS',
    metric: 'ApproximateAgeOfOldestMessage',
    statistic: 'Maximum',
    dimensions: queueName(queueId(name)),
    periodSec: 60,
    threshold: ageSec,
  });

const queueAlarms = (own: ModuleDeclaration, module: string): Resources =>
  Object.fromEntries([
    ...Object.entries(own.queues).flatMap(([name, { ageAlarmSec, terminal }]) => [
      ...(ageAlarmSec ? [[`${queueId(name)}AgeAlarm`, ageAlarm(name, ageAlarmSec)]] : []),
      ...(terminal
        ? [[`${queueId(name)}DepthAlarm`, depthAlarm(queueId(name), `A message was refused; see ${name}.`)]]
        : []),
    ]),
    ...Object.entries(deadLetterQueues(own, module)).map(([id, name]) => [
      `${id}DepthAlarm`,
      depthAlarm(id, `A message of ${module} failed five times; see ${name}.`),
    ]),
  ]);

const RATE = /^rate\((\d+) (minute|hour|day)s?\)$/;
const UNIT_SEC: Readonly<Record<string, number>> = { minute: 60, hour: 3_600, day: 86_400 };
/** A run that comes late, by a deployment or by EventBridge's own leave to do so, is not missed. */
const MISSED_RUNS = 5;
const LEAST_SEC = 600;
/** CloudWatch looks back a week at most, and a period of a day is the longest there is. */
const LONGEST_SEC = 86_400;

/**
 * For how long a schedule may be silent; undefined when CloudWatch cannot tell, which `missedAs` then must.
 * @throws Error on a rate that is none.
 */
export const silentSec = (schedule: string): number | undefined => {
  if (schedule.startsWith('cron(')) return undefined;
  const [, number, unit = ''] = RATE.exec(schedule) ?? [];
  const unitSec = UNIT_SEC[unit];
  if (unitSec === undefined) throw new Error(`${schedule} is no rate`);
  const sec = Math.max(LEAST_SEC, MISSED_RUNS * Number(number) * unitSec);
  return sec <= LONGEST_SEC ? sec : undefined;
};

/** EventBridge counts how often a rule has called; a call that fails is a failure of the function. */
const missedAlarms = (own: ModuleDeclaration): Resources =>
  Object.fromEntries(
    Object.entries(own.functions).flatMap(([name, { schedule, missedAs }]) => {
      if (schedule === undefined) return [];
      const periodSec = silentSec(schedule);
      if (periodSec === undefined) {
        if (missedAs !== undefined && own.metrics[missedAs]?.alarmAt) return [];
        throw new Error(
          `${name}: ${schedule} comes so seldom that a metric must say when it did not (missedAs)`,
        );
      }
      const missed = alarm({
        description: `${name} has not been called for ${periodSec / 60} minutes.`,
        namespace: 'AWS/Events',
        metric: 'Invocations',
        statistic: 'Sum',
        dimensions: { RuleName: ref(scheduleRuleId(name)) },
        periodSec,
        threshold: 1,
        isMissed: true,
      });
      return [[`${pascal(name)}MissedAlarm`, missed]];
    }),
  );

/** Of what the modules count themselves. */
const metricAlarms = ({ stage }: Product, { metrics }: ModuleDeclaration): Resources =>
  Object.fromEntries(
    Object.entries(metrics).flatMap(([name, { description, alarmAt, periodSec }]) =>
      alarmAt === undefined
        ? []
        : [
            [
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
            ],
          ],
    ),
  );

/** What a module's own things raise, and what makes its functions' failures count. */
export const alarms = (product: Product, own: ModuleDeclaration, module: string): Resources => ({
  ...queueAlarms(own, module),
  ...missedAlarms(own),
  ...metricAlarms(product, own),
  ...failureFilters(product, own),
});
