import { acceptMessage } from '../../lib/desk/intake/accept-message.ts';
import { added, nothingCounted, type Tally } from './count-calls.ts';
import { handleOnce, messagesIn } from './dispatch.ts';
import type { BenchWorld } from './open-world.ts';

/** The queues of the way in turn; a step that finds its queue empty asks for nothing. */
const STEPS = {
  open: { queue: 'inbound-messages.fifo', handler: 'functions/desk/open-ticket.queue.handler' },
  dispatch: { queue: 'tickets-new', handler: 'functions/desk/dispatch.queue.handler' },
  journal: { queue: 'desk-events', handler: 'functions/desk/handle-events.queue.handler' },
} as const;
type Step = 'accept' | keyof typeof STEPS;
export type Steps = Record<Step, Tally>;

const nothing = (): Steps => ({
  accept: nothingCounted,
  open: nothingCounted,
  dispatch: nothingCounted,
  journal: nothingCounted,
});

/** Counts what each step takes; the rest of the world's work goes by uncounted. */
export const stepper = (world: BenchWorld) => {
  let steps = nothing();
  let cpuMicros = 0;
  const step = async (name: Step, work: () => Promise<unknown>): Promise<void> => {
    world.counter.take();
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    cpuMicros += user + system;
    steps = { ...steps, [name]: added(steps[name], world.counter.take()) };
  };
  return {
    accept: () => step('accept', () => post(world)),
    async through(name: keyof typeof STEPS): Promise<void> {
      while ((await messagesIn(world, STEPS[name].queue)) > 0)
        await step(name, () => handleOnce(world, STEPS[name]));
    },
    step,
    reset: () => {
      steps = nothing();
      cpuMicros = 0;
    },
    result: () => ({ steps, cpuSec: cpuMicros / 1e6 }),
  };
};

let posted = 0;
const post = ({ rt, aside }: BenchWorld): Promise<unknown> => {
  const clientId = aside.ids.next('usr');
  posted += 1;
  return acceptMessage(rt, {
    clientId,
    idempotency: { callerId: clientId, key: `key-${posted}`, hash: 'x'.repeat(43) },
    text: 'It leaks',
  });
};
