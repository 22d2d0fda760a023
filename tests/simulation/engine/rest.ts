import type { World } from './world.ts';

const MINUTE_MS = 60_000;
const LONGEST_MS = 90 * MINUTE_MS;

/** Whether the queues have nothing to do but to wait for what was delayed on purpose. */
const queuesIdle = ({ queues }: World): boolean => [...queues.values()].every((queue) => queue.isIdle());

/** Time goes on until the work is done; a run that never comes to rest is a violation itself. */
export const until = async (
  world: World,
  done: () => boolean,
  what: string,
  longestMs = LONGEST_MS,
): Promise<void> => {
  const untilMs = world.timeline.nowMs() + longestMs;
  await world.timeline.run(untilMs, done);
  if (!done() && !world.timeline.halted())
    world.report('rest', `${what} took longer than ${longestMs / MINUTE_MS} minutes`);
};

export const finished = async (world: World, work: Promise<unknown>, what: string): Promise<void> => {
  let over = false;
  let failure: unknown;
  work.then(
    () => {
      over = true;
    },
    (error: unknown) => {
      failure = error;
      over = true;
    },
  );
  await until(world, () => over, what);
  if (failure) world.report('rest', `${what}: ${String(failure)}`);
};

/** Nothing is under way and nothing is left to do but to wait. */
const atRest = (world: World): boolean => world.cloud.running === 0 && queuesIdle(world);

/** At rest for a while: longer than any way of a request, so that nothing is just between two places. */
export const comeToRest = async (world: World, atLeastMs: number, what: string): Promise<void> => {
  const fromMs = world.timeline.nowMs() + atLeastMs;
  await until(world, () => world.timeline.nowMs() >= fromMs && atRest(world), what);
};
