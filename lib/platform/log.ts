import type { Environment } from './config.ts';
import { maskPhone } from './mask-phone.ts';

const LEVELS = ['DEBUG', 'INFO', 'WARN', 'ERROR', 'SILENT'] as const;
type Level = (typeof LEVELS)[number];

export type LogFields = Readonly<Record<string, unknown>>;

export interface MetricKind {
  /** As CloudWatch spells it; `Count` unless given. */
  readonly unit?: 'Count' | 'Seconds' | 'None';
  /** Values that make figures of their own, beside the stage: each of them has its price. */
  readonly by?: Readonly<Record<string, string>>;
}

/**
 * One JSON line per call. Never hand it a body, a token or a phone: what is in a log cannot be taken back. Should a number in
 * international form come along all the same (in a key, in another company's error), it is masked.
 */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /**
   * Adds to a CloudWatch metric of the stage (embedded metric format: the line itself is the metric, so it costs no call). It
   * is written at every level but SILENT. Use `count` of metrics.ts.
   */
  metric(name: string, value: number, fields?: LogFields, kind?: MetricKind): void;
  /** The same log with these fields on every line. */
  with(fields: LogFields): Log;
}

export interface LogSink {
  readonly write: (line: string) => void;
  /** Milliseconds since the epoch. */
  readonly nowMs: () => number;
}

const processSink: LogSink = {
  write: (line) => process.stdout.write(`${line}\n`),
  nowMs: () => Date.now(),
};

const MAX_CAUSES = 4;

/** An error as plain data: `JSON.stringify` of one gives `{}`. */
const errorFields = (error: unknown, depth = 0): unknown => {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  return {
    name: error.name,
    message: error.message,
    ...(typeof code === 'string' && { code }),
    stack: error.stack
      ?.split('\n')
      .slice(1, 8)
      .map((line) => line.trim()),
    ...(error.cause !== undefined && depth < MAX_CAUSES && { cause: errorFields(error.cause, depth + 1) }),
  };
};

const plain = (fields: LogFields): LogFields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      value instanceof Error ? errorFields(value) : value,
    ]),
  );

/** A line that cannot be written whole is still worth more than an error thrown by the log. */
const lineOf = (head: LogFields, fields: LogFields): string => {
  try {
    return JSON.stringify({ ...head, ...plain(fields) });
  } catch {
    return JSON.stringify({ ...head, unwritable: Object.keys(fields) });
  }
};

const levelOf = (env: Environment): Level =>
  LEVELS.find((level) => level === env.LOG_LEVEL?.toUpperCase()) ?? 'INFO';

/** The CloudWatch namespace of all metrics of the product. */
export const METRICS_NAMESPACE = 'Rotadesk';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
const embeddedMetric = (
  { name, value, timestampMs }: { name: string; value: number; timestampMs: number },
  { unit = 'Count', by = {} }: MetricKind,
): LogFields => ({
  ...by,
  _aws: {
    Timestamp: timestampMs,
    CloudWatchMetrics: [
      {
        Namespace: METRICS_NAMESPACE,
        Dimensions: [['stage', ...Object.keys(by)]],
        Metrics: [{ Name: name, Unit: unit }],
      },
    ],
  },
  [name]: value,
});

/** A log at the level of `LOG_LEVEL`; the sink is the process's own unless a test brings one. */
export const createLog = (env: Environment, sink: LogSink = processSink, base: LogFields = {}): Log => {
  const least = LEVELS.indexOf(levelOf(env));
  const at =
    (level: Level) =>
    (message: string, fields: LogFields = {}): void => {
      if (LEVELS.indexOf(level) < least) return;
      const time = new Date(sink.nowMs()).toISOString();
      sink.write(maskPhone(lineOf({ level, time, message, ...base }, fields)));
    };
  return {
    debug: at('DEBUG'),
    info: at('INFO'),
    warn: at('WARN'),
    error: at('ERROR'),
    metric: (name, value, fields = {}, kind = {}) => {
      if (levelOf(env) === 'SILENT') return;
      const head = { level: 'INFO', time: new Date(sink.nowMs()).toISOString(), message: 'metric', ...base };
      const embedded = embeddedMetric({ name, value, timestampMs: sink.nowMs() }, kind);
      const metric = { ...embedded, stage: env.STAGE ?? 'unknown' };
      sink.write(maskPhone(lineOf(head, { ...fields, ...metric })));
    },
    with: (fields) => createLog(env, sink, { ...base, ...fields }),
  };
};
