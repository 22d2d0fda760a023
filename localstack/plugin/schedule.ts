/** Fires schedules on time, with the events that EventBridge would send. */
import { randomUUID } from 'node:crypto';
import { Cron } from 'croner';
import type { ScheduleTrigger } from '../triggers.ts';

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

export interface RunningSchedule {
  stop(): void;
}

/**
 * @param trigger.expression `rate(5 minutes)` or `cron(0 8 ? * MON-FRI *)`, as AWS writes them
 * @throws Error on an expression that is neither
 */
export function runSchedule(trigger: ScheduleTrigger, fire: (event: unknown) => void): RunningSchedule {
  const onTime = (at: Date) => fire(scheduleEvent(trigger, at));
  const [, kind, argument = ''] = /^(rate|cron)\((.+)\)$/.exec(trigger.expression) ?? [];
  if (kind === 'rate') return repeat(periodMs(argument), onTime);
  if (kind === 'cron') {
    const job = new Cron(croner(argument), { timezone: trigger.timeZone }, (self) =>
      onTime(self.currentRun() ?? new Date()),
    );
    return { stop: () => job.stop() };
  }
  throw new Error(`not a schedule: ${trigger.expression}`);
}

function periodMs(rate: string): number {
  const [count = '', unit = ''] = rate.split(' ');
  const ms = Number(count) * (UNIT_MS[unit.replace(/s$/, '')] ?? Number.NaN);
  if (!(ms > 0)) throw new Error(`not a rate: ${rate}`);
  return ms;
}

/** AWS counts a rate from the rule's creation; full periods of the clock repeat from run to run. */
function repeat(everyMs: number, onTime: (at: Date) => void): RunningSchedule {
  let timer: NodeJS.Timeout;
  const arm = () => {
    const nextMs = (Math.floor(Date.now() / everyMs) + 1) * everyMs;
    timer = setTimeout(
      () => {
        // A timer may come a millisecond early, and must not then come twice.
        while (Date.now() < nextMs);
        arm();
        onTime(new Date(nextMs));
      },
      Math.min(nextMs - Date.now(), 2 ** 31 - 1),
    );
  };
  arm();
  return { stop: () => clearTimeout(timer) };
}

/**
 * AWS: minutes hours day-of-month month day-of-week year, Sunday is 1, `?` for "whatever".
 * croner: seconds first, Sunday is 0.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
 */
export function croner(aws: string): string {
  const fields = aws.trim().split(/\s+/);
  const [minute, hour, day, month, weekday = '', year] = fields;
  if (fields.length !== 6) throw new Error(`not a cron expression of six fields: ${aws}`);
  const fromZero = weekday.replaceAll(/(?<![#/\d])([1-7])/g, (digit) => String(Number(digit) - 1));
  return ['0', minute, hour, day, month, fromZero, year].join(' ').replaceAll('?', '*');
}

const withoutMs = (at: Date): string => at.toISOString().replace(/\.\d{3}Z$/, 'Z');

/** A given input replaces the whole event, `time` included; only the placeholder brings the time back in. */
export function scheduleEvent({ id, input, region, source }: ScheduleTrigger, at: Date): unknown {
  const time = withoutMs(at);
  if (input !== undefined) return JSON.parse(input.replaceAll('<aws.scheduler.scheduled-time>', time));
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source,
    account: '000000000000',
    time,
    region,
    resources: [`arn:aws:events:${region}:000000000000:rule/${id}`],
    detail: {},
  };
}
