import type { PlannedModule } from './monthly-cost.ts';

/** What a module consumes comes by one queue; a further one has its reason here, as it would in the module's functions.yml. */
const EVENTS = 1;
const MINUTE = 'rate(1 minute)';

/** The modules to come up to nineteen beside the shared one. */
export const PLANNED: Readonly<Record<string, PlannedModule>> = {
  orders: { queues: EVENTS, schedules: [MINUTE] },
  matching: { queues: EVENTS, schedules: [MINUTE] },
  jobs: { queues: EVENTS, schedules: [MINUTE] },
  supplies: { queues: EVENTS },
  quality: { queues: EVENTS },
  hiring: { queues: EVENTS },
  /** A file with a hundred thousand rows must not hold up what the module consumes. */
  imports: { queues: EVENTS + 1 },
  /** Numbers without gaps: one consumer a series. */
  billing: { queues: EVENTS, fifoQueues: 1, schedules: ['rate(5 minutes)'] },
  /** Somebody waits for a payment. */
  payments: { queues: EVENTS, schedules: [MINUTE], ownAlarms: 1 },
  bets: { queues: EVENTS },
  /** Composes what others have. */
  admin: { queues: 0 },
};
