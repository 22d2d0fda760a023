import type { Runtime } from '../../lib/platform/runtime.ts';

/**
 * Lets something happen between what a use case has read and what it commits: the worst moment for it. Once, and in
 * another runtime on the same AWS, or it would wait for itself.
 */
export const beforeNextCommit = (rt: Runtime, meanwhile: () => Promise<unknown>): void =>
  beforeNth(rt, { command: 'TransactWriteItemsCommand', nth: 1 }, meanwhile);

/** The same before the nth request of one command. */
export const beforeNth = (
  rt: Runtime,
  { command, nth }: { command: string; nth: number },
  meanwhile: () => Promise<unknown>,
): void => {
  let count = 0;
  const stack = rt.dynamo.middlewareStack as unknown as Runtime['sqs']['middlewareStack'];
  stack.add(
    (next, context) => async (args) => {
      if (context.commandName === command) {
        count += 1;
        if (count === nth) await meanwhile();
      }
      return next(args);
    },
    { step: 'initialize', priority: 'high', name: 'meanwhile' },
  );
};
