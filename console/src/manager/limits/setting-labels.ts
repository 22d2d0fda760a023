import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { LimitName } from '../types.ts';

export const settingLabels: Readonly<Record<LimitName, MessageDescriptor>> = {
  maxTicketsPerExecutor: msg`Tickets at once`,
  maxUrgentTicketsPerExecutor: msg`Urgent at once`,
  maxWaitSec: msg`Longest wait`,
  maxUrgentWaitSec: msg`Longest urgent wait`,
  maxReconnectWaitSec: msg`Wait for a lost executor`,
  passedOverAfterMissSec: msg`Passed over after a miss`,
  passedOverAfterDeclineSec: msg`Passed over after a decline`,
  missesUntilAway: msg`Misses until away`,
  heartbeatPeriodSec: msg`Heartbeat every`,
  missedHeartbeats: msg`Heartbeats missed until lost`,
  waitWarningPercent: msg`Warning after, of the wait`,
  closeUnansweredSec: msg`Closes unanswered after`,
  urgentMessagesPerDay: msg`Urgent messages a day`,
  notUrgentHoldSec: msg`“Not urgent” holds for`,
  estimateMinIntervals: msg`Intervals for an estimate`,
};
