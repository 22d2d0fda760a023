import { count, defineSettings, percent, seconds } from '../platform/settings/define-settings.ts';

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
    maxTicketsPerExecutor: count([1, 5, 200], 'Tickets one executor handles at once.'),
    maxUrgentTicketsPerExecutor: count(
      [1, 2, 200],
      'Urgent ones among them; never above maxTicketsPerExecutor.',
    ),
    maxWaitSec: seconds([5, 300, LONGEST_WAIT_SEC], 'Longest a ticket waits to be handled, in seconds.'),
    maxUrgentWaitSec: seconds([5, 60, LONGEST_WAIT_SEC], 'The same for an urgent ticket, in seconds.'),
    maxReconnectWaitSec: seconds(
      [5, 120, LONGEST_WAIT_SEC],
      'Longest the system waits for a dropped-out executor, in seconds.',
    ),
    heartbeatPeriodSec: seconds([1, 10, 300], 'How often an executor says that they are there, in seconds.'),
    missedHeartbeats: count([1, 3, 20], 'Heartbeats missed in a row before an executor is suspect.'),
    waitWarningPercent: percent([1, 80, 99], 'Share of a wait after which a warning goes out, in percent.'),
    passedOverAfterMissSec: seconds(
      [1, 300, LONGEST_TIMER_SEC],
      'How long an executor who did not accept a ticket in time is passed over for it, in seconds.',
    ),
    passedOverAfterDeclineSec: seconds(
      [1, 300, LONGEST_TIMER_SEC],
      'How long an executor who declined a ticket, or from whom a manager took it, is passed over for it, in seconds.',
    ),
    missesUntilAway: count(
      [1, 2, 20],
      'Missed tickets running that set an executor away. Tickets dealt in one hand count once, however many of them were ' +
        'missed: they were dealt before the first of them was. Accepting a ticket ends the run.',
    ),
    closeUnansweredSec: seconds(
      [60, 24 * 3600, 30 * 24 * 3600],
      'After how long a ticket that waits for its client closes itself, in seconds; a change concerns tickets that are ' +
        'marked so afterwards.',
    ),
    urgentMessagesPerDay: count(
      [0, 3, 100],
      "How many messages a client may mark urgent in a day of the desk's time zone.",
    ),
    notUrgentHoldSec: seconds(
      [0, 24 * 3600, LONGEST_WAIT_SEC],
      "How long a manager's word that a ticket is not urgent holds against its client's urgent messages, in seconds.",
    ),
    estimateMinIntervals: count(
      [5, 20, 199],
      'Intervals between assignments that must be known before a wait is estimated.',
    ),
  },
});

export type LimitName = keyof typeof limitSettings.settings;
