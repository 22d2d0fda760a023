import type middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { runtime } from './open-runtime.ts';
import type { Runtime } from './runtime.ts';

/** What one invocation of a Lambda has in hands, whatever called it. */
export interface Invocation {
  readonly rt: Runtime;
  readonly requestId: string;
  readonly startedAtMs: number;
}

/** What AWS calls. */
export type LambdaHandler<Event, Result> = (event: Event, context: Context) => Promise<Result>;

export type InvocationContext = Context & { invocation: Invocation };

/** The stack as AWS sees it, which knows nothing of what the stack puts into the context. */
export const asLambda =
  <Event, Result, C extends Context>(
    stack: middy.MiddyfiedHandler<Event, Result, Error, C>,
  ): LambdaHandler<Event, Result> =>
  async (event, context) =>
    stack(event, context as C);

/** Takes the runtime once and puts it, with a log that names the invocation, into the context. */
export const invocation = (): middy.MiddlewareObj<unknown, unknown, Error, InvocationContext> => ({
  before: ({ context }) => {
    const world = runtime();
    const requestId = context.awsRequestId ?? world.ids.next('req');
    const log = world.log.with({ function: context.functionName, requestId });
    context.invocation = { rt: { ...world, log }, requestId, startedAtMs: world.clock.nowMs() };
  },
});
