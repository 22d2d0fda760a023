import type { Log, LogFields } from './log.ts';

/**
 * Counts something that operators watch: a refusal, a breaker that opened, a code that could not leave. `metric` is declared
 * in a module's `functions.yml` under `metrics`, where its alarm is made; fields stand in the log line beside the number,
 * and are no dimensions (each value of one would be a metric of its own, at a price). Never a phone, a token or a text.
 */
export const count = (
  rt: { readonly log: Log },
  metric: string,
  { by = 1, ...fields }: LogFields & { readonly by?: number } = {},
): void => rt.log.metric(metric, by, fields);
