export interface LimitSetting {
  readonly unit: 'count' | 'seconds' | 'percent';
  /** Floor and ceiling, both allowed. */
  readonly min: number;
  readonly max: number;
  readonly initial: number;
  readonly description: string;
}

const LONGEST_WAIT_SEC = 7 * 24 * 3600;

/**
 * The registry's settings (R-DESK-01): whole numbers, set globally and overridden per desk. The table is data: the API's
 * schema, its descriptions and the checks of a change all follow from it.
 */
export const limitSettings = {
  maxTicketsPerExecutor: {
    unit: 'count',
    min: 1,
    max: 200,
    initial: 5,
    description: 'Tickets one executor handles at once.',
  },
  maxUrgentTicketsPerExecutor: {
    unit: 'count',
    min: 1,
    max: 200,
    initial: 2,
    description: 'Urgent ones among them; never above maxTicketsPerExecutor.',
  },
  maxWaitSec: {
    unit: 'seconds',
    min: 5,
    max: LONGEST_WAIT_SEC,
    initial: 300,
    description: 'Longest a ticket waits to be handled, in seconds.',
  },
  maxUrgentWaitSec: {
    unit: 'seconds',
    min: 5,
    max: LONGEST_WAIT_SEC,
    initial: 60,
    description: 'The same for an urgent ticket, in seconds.',
  },
  maxReconnectWaitSec: {
    unit: 'seconds',
    min: 5,
    max: LONGEST_WAIT_SEC,
    initial: 120,
    description: 'Longest the system waits for a dropped-out executor, in seconds.',
  },
  heartbeatPeriodSec: {
    unit: 'seconds',
    min: 1,
    max: 300,
    initial: 10,
    description: 'How often an executor says that they are there, in seconds.',
  },
  missedHeartbeats: {
    unit: 'count',
    min: 1,
    max: 20,
    initial: 3,
    description: 'Heartbeats missed in a row before an executor is suspect.',
  },
} as const satisfies Readonly<Record<string, LimitSetting>>;

export type LimitName = keyof typeof limitSettings;
export const limitNames = Object.keys(limitSettings) as LimitName[];
