import { struck } from '../engine/cloud.ts';
import type { FunctionPlan } from '../engine/topology.ts';
import type { World } from '../engine/world.ts';
import { instant } from '../product.ts';

const MINUTE_MS = 60_000;

const fire = async (world: World, plan: FunctionPlan): Promise<void> => {
  const time = instant(world.timeline.nowMs());
  const event = {
    id: `tick-${time}`,
    source: 'aws.events',
    'detail-type': 'Scheduled Event',
    time,
    detail: {},
  };
  const outcome = await world.cloud.invoke(plan, event, `at ${time}`);
  for (const watcher of world.watchers) watcher.onOutcome?.(outcome, { failed: outcome.kind !== 'answered' });
};

/** Every schedule of the template, each virtual minute; a tick may be missed or come twice. */
export const runSchedules = (world: World): { pauseUntil(atMs: number): void } => {
  const { timeline, faults } = world;
  let pausedUntilMs = 0;
  for (const plan of world.topology.schedules) {
    const random = world.random.fork(`schedule ${plan.name}`);
    const next = (atMs: number): void =>
      timeline.at(atMs, () => {
        const missed = struck(faults, 'tick-missed', random);
        const doubled = struck(faults, 'tick-doubled', random);
        const times = missed ? 0 : doubled ? 2 : 1;
        for (let i = 0; i < times; i += 1) void fire(world, plan);
        next(Math.max(atMs + MINUTE_MS, pausedUntilMs));
      });
    next(timeline.nowMs() + random.int(0, MINUTE_MS));
  }
  return {
    pauseUntil: (atMs) => {
      pausedUntilMs = atMs;
    },
  };
};
