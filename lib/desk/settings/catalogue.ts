import { defineSettings } from '../../platform/settings/define-settings.ts';

/** A message can be delayed by so much: what is forgotten then wakes the dispatcher itself. */
const LONGEST_TIMER_SEC = 900;
const LONGEST_WAIT_SEC = 7 * 24 * 3600;

/** The registry's settings (R-DESK-01), set globally and overridden per desk. */
export const limitSettings = defineSettings({
  name: 'limits',
  table: 'desk',
  group: 'service',
  pairs: [['maxUrgentTicketsPerExecutor', 'maxTicketsPerExecutor']],
  settings: {
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
    waitWarningPercent: {
      unit: 'percent',
      min: 1,
      max: 99,
      initial: 80,
      description: 'Share of a wait after which a warning goes out, in percent.',
    },
    passedOverAfterMissSec: {
      unit: 'seconds',
      min: 1,
      max: LONGEST_TIMER_SEC,
      initial: 300,
      description:
        'How long an executor who did not accept a ticket in time is passed over for it, in seconds.',
    },
    passedOverAfterDeclineSec: {
      unit: 'seconds',
      min: 1,
      max: LONGEST_TIMER_SEC,
      initial: 300,
      description:
        'How long an executor who declined a ticket, or from whom a manager took it, is passed over for it, in seconds.',
    },
    missesUntilAway: {
      unit: 'count',
      min: 1,
      max: 20,
      initial: 2,
      description:
        'Missed tickets running that set an executor away. Tickets dealt in one hand count once, however many of them were ' +
        'missed: they were dealt before the first of them was. Accepting a ticket ends the run.',
    },
    closeUnansweredSec: {
      unit: 'seconds',
      min: 60,
      max: 30 * 24 * 3600,
      initial: 24 * 3600,
      description:
        'After how long a ticket that waits for its client closes itself, in seconds; a change concerns tickets that are ' +
        'marked so afterwards.',
    },
    urgentMessagesPerDay: {
      unit: 'count',
      min: 0,
      max: 100,
      initial: 3,
      description: "How many messages a client may mark urgent in a day of the desk's time zone.",
    },
    notUrgentHoldSec: {
      unit: 'seconds',
      min: 0,
      max: LONGEST_WAIT_SEC,
      initial: 24 * 3600,
      description:
        "How long a manager's word that a ticket is not urgent holds against its client's urgent messages, in seconds.",
    },
    estimateMinIntervals: {
      unit: 'count',
      min: 5,
      max: 199,
      initial: 20,
      description: 'Intervals between assignments that must be known before a wait is estimated.',
    },
  },
});

export type LimitName = keyof typeof limitSettings.settings;
