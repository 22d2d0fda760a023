import type { Log, LogFields, MetricKind } from './log.ts';

/**
 * Counts something that operators watch: a refusal, a breaker that opened, a code that could not leave. `metric` is declared
 * in a module's `functions.yml` under `metrics`, where its alarm is made; fields are in the log line beside the number,
 * and are no dimensions (each value of one would be a metric of its own, at a price). Never a phone, a token or a text.
 */
export const count = (
  rt: { readonly log: Log },
  metric: string,
  { by = 1, ...fields }: LogFields & { readonly by?: number } = {},
): void => rt.log.metric(metric, by, fields);

/**
 * A figure of the business, declared as `count`'s are. It is sent when there is something to tell, and not at all while nothing
 * happens: CloudWatch bills a metric in every hour in which it comes.
 */
export const measure = (
  rt: { readonly log: Log },
  metric: string,
  { value, ...kind }: MetricKind & { readonly value: number },
): void => rt.log.metric(metric, value, {}, kind);
