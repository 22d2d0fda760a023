/** What calls which function, read from the packaged template. Pure. */
import type { Resource, Template } from './cloudformation.ts';

export interface QueueTrigger {
  /** Logical id of the queue in the template. */
  readonly queueId: string;
  /** Logical id of the function. */
  readonly functionId: string;
  /** `functions/desk/open-ticket.queue.handler` */
  readonly handler: string;
  readonly batchSize: number;
  readonly reportsFailures: boolean;
  /** Batches in flight at once that AWS would allow. */
  readonly maxConcurrency: number;
}

const properties = ({ Properties = {} }: Resource) => Properties as Record<string, never>;

const ofType = (template: Template, type: string): [string, Resource][] =>
  Object.entries(template.Resources).filter(([, { Type }]) => Type === type);

/** The logical id behind `Ref` or `Fn::GetAtt`. */
export function logicalId(reference: unknown): string {
  const { Ref, 'Fn::GetAtt': path } = reference as { Ref?: string; 'Fn::GetAtt'?: string[] | string };
  return Ref ?? (Array.isArray(path) ? path : String(path).split('.'))[0] ?? '';
}

export function queueTriggers(template: Template): QueueTrigger[] {
  return ofType(template, 'AWS::Lambda::EventSourceMapping').map(([, mapping]) => {
    const {
      FunctionName,
      EventSourceArn,
      BatchSize = 10,
      FunctionResponseTypes = [],
      ScalingConfig,
    } = properties(mapping);
    const functionId = logicalId(FunctionName);
    return {
      queueId: logicalId(EventSourceArn),
      functionId,
      handler: String(properties(template.Resources[functionId] as Resource).Handler),
      batchSize: Number(BatchSize),
      reportsFailures: (FunctionResponseTypes as string[]).includes('ReportBatchItemFailures'),
      maxConcurrency:
        (ScalingConfig as { MaximumConcurrency?: number } | undefined)?.MaximumConcurrency ?? 1000,
    };
  });
}

export interface ScheduleTrigger {
  /** Logical id of the rule. */
  readonly id: string;
  readonly functionId: string;
  /** `rate(1 minute)`, `cron(…)` */
  readonly expression: string;
  readonly timeZone: string;
  /** JSON text that replaces the event. */
  readonly input?: string;
  readonly source: 'aws.events' | 'aws.scheduler';
  readonly region: string;
}

interface Target {
  readonly Arn: unknown;
  readonly Input?: string;
}

/** Enabled schedules only: both EventBridge rules and EventBridge Scheduler's. */
export function scheduleTriggers(template: Template, region: string): ScheduleTrigger[] {
  const rules = ofType(template, 'AWS::Events::Rule').flatMap(([id, rule]) => {
    const { ScheduleExpression, Targets = [] } = properties(rule);
    return (Targets as unknown as Target[]).map((target) => ({
      id,
      rule,
      target,
      expression: ScheduleExpression as unknown,
    }));
  });
  const schedules = ofType(template, 'AWS::Scheduler::Schedule').map(([id, rule]) => {
    const { ScheduleExpression, Target } = properties(rule);
    return { id, rule, target: Target as unknown as Target, expression: ScheduleExpression as unknown };
  });
  return [...rules, ...schedules]
    .filter(({ rule, expression }) => expression && properties(rule).State !== 'DISABLED')
    .map(({ id, rule, target, expression }) => ({
      id,
      functionId: logicalId(target.Arn),
      expression: String(expression),
      timeZone: String(properties(rule).ScheduleExpressionTimezone ?? 'UTC'),
      ...(target.Input === undefined ? {} : { input: target.Input }),
      source: rule.Type === 'AWS::Events::Rule' ? 'aws.events' : 'aws.scheduler',
      region,
    }));
}
