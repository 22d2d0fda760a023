import { epochMs, type Instant, instant } from '../../platform/clock.ts';
import type { EventOf } from '../../platform/events/define-event.ts';
import { sendReminders } from '../../platform/events/send-reminders.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { connectionBeat, connectionLost } from '../../platform/socket/events.ts';
import { updateIf } from '../../platform/storage/update-if.ts';
import { isAvailable, staleAfterMs } from '../core/executor.ts';
import { presenceBeats } from '../core/executor-items.ts';
import { deskTable } from '../core/table.ts';
import { deskTimers } from '../desk-timers.ts';
import { heartbeatAt } from './heartbeat.ts';
import { findPresence } from './presence-repository.ts';

/** A heartbeat that came by a live connection. Whoever has the role and is at no desk has nothing to be late for. */
export const beatByConnection = async (
  rt: Runtime,
  { data: { userId, at } }: EventOf<typeof connectionBeat>,
): Promise<void> => {
  await heartbeatAt(rt, userId, at);
};

/** Moves the last heartbeat back by a period, once for each loss; false when another beat or loss was first. */
const moveBack = (
  rt: Runtime,
  executorId: string,
  { seen, lostAt, lastBeatAt }: { seen: Instant; lostAt: Instant; lastBeatAt: Instant },
): Promise<boolean> =>
  updateIf(rt, {
    TableName: deskTable(rt),
    Key: { ...presenceBeats.key({ executorId }) },
    UpdateExpression: 'SET lastBeatAt = :back, lostAt = :lost',
    ConditionExpression: 'lastBeatAt = :seen AND (attribute_not_exists(lostAt) OR lostAt < :lost)',
    ExpressionAttributeValues: { ':back': lastBeatAt, ':seen': seen, ':lost': lostAt },
  });

/**
 * The last live connection of an executor was lost: that is one missed heartbeat (R-DESK-08), so they are suspect a period earlier
 * unless they come back. A heartbeat since then undoes it.
 */
export const missBeat = async (
  rt: Runtime,
  { data: { userId, at } }: EventOf<typeof connectionLost>,
): Promise<void> => {
  const seen = await findPresence(rt, userId);
  if (!seen?.beat || !isAvailable(seen.stored.executor.presence) || seen.beat.lastBeatAt > at) return;
  const { beat, limits } = seen;
  const lastBeatAt = instant(epochMs(beat.lastBeatAt) - limits.heartbeatPeriodSec * 1000);
  if (!(await moveBack(rt, userId, { seen: beat.lastBeatAt, lostAt: at, lastBeatAt }))) return;
  // The check that is under way would come a period too late.
  const staleAt = instant(epochMs(lastBeatAt) + staleAfterMs(limits));
  const check = { kind: 'presence', executorId: userId, watch: beat.watch } as const;
  await sendReminders(rt, [deskTimers.draft(check, staleAt)]);
};
