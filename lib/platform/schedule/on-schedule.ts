import middy from '@middy/core';
import * as z from 'zod';
import { type Instant, instant } from '../clock.ts';
import { asLambda, type InvocationContext, invocation, type LambdaHandler } from '../invocation.ts';
import type { Runtime } from '../runtime.ts';
import { lazily } from '../storage/stored-schema.ts';

export interface ScheduleInput {
  readonly rt: Runtime;
  /** The scheduled moment, not the moment it runs: a late or repeated run has the same period. */
  readonly time: Instant;
}

const scheduleEvent = lazily(() => z.object({ time: z.iso.datetime({ offset: true }) }));

/**
 * A Lambda that a schedule calls. A failure is thrown on, so that AWS runs it again and its alarm rings; a re-run
 * with the same time must be a no-op.
 */
export const onSchedule = (run: (input: ScheduleInput) => Promise<void>): LambdaHandler<unknown, void> =>
  asLambda(
    middy(async (event: unknown, context: InvocationContext): Promise<void> => {
      const { rt, startedAtMs } = context.invocation;
      // A schedule with an `input` of its own has no time unless it passes <aws.scheduler.scheduled-time>.
      const time = instant(Date.parse(scheduleEvent().parse(event).time));
      await run({ rt, time });
      rt.log.info('schedule', { time, tookMs: rt.clock.nowMs() - startedAtMs });
    })
      .use(invocation())
      .onError(({ context, error }) => context.invocation.rt.log.error('schedule failed', { error })),
  );
