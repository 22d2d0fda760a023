import type middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { type Runtime, runtime } from './runtime.ts';

/** What one invocation of a Lambda has in hands, whatever called it. */
export interface Invocation {
  readonly rt: Runtime;
  readonly requestId: string;
  readonly startedAtMs: number;
}

export type InvocationContext = Context & { invocation: Invocation };

/** Takes the runtime once and puts it, with a log that names the invocation, into the context. */
export const invocation = (): middy.MiddlewareObj<unknown, unknown, Error, InvocationContext> => ({
  before: ({ context }) => {
    const world = runtime();
    const requestId = context.awsRequestId ?? world.ids.next('req');
    const log = world.log.with({ function: context.functionName, requestId });
    context.invocation = { rt: { ...world, log }, requestId, startedAtMs: world.clock.nowMs() };
  },
});
