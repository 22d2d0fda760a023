import { auditEvent } from '../../platform/audit.ts';
import type { Caller } from '../../platform/auth/caller.ts';
import { instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { Origin } from '../../platform/http/on-http.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { moved, smsChange } from '../change.ts';
import type { Sms } from '../model.ts';
import { getSms } from '../repository/messages.ts';
import { isHeld } from '../state-rules.ts';

/**
 * Cancels a message that has not been handed over, and gives its count back. Cancelling twice is once.
 * Throws `sms-not-found`, `sms-state` (409) for one that is under way or over.
 */
export const cancelSms = (
  rt: Runtime,
  input: { smsId: string; caller: Caller; origin: Origin },
): Promise<Sms> =>
  untilCommitted(rt, async () => {
    const before = await getSms(rt, input.smsId);
    if (before.state === 'cancelled') return before;
    if (!isHeld(before.state)) {
      throw new AppError('conflict', 'sms-state', `A message that is ${before.state} cannot be cancelled.`);
    }
    const after = moved(before, 'cancelled', instant(rt.clock.nowMs()), { reason: 'cancelled-by-caller' });
    const change = smsChange(rt, before, after);
    const { caller: actor, origin } = input;
    const fact = { actor, origin, action: 'sms.cancelled', subject: `sms/${before.id}` };
    await commit(rt, { ...change, events: [...change.events, auditEvent(rt, fact)] });
    const { plannedOn, ...answer } = after;
    return answer;
  });
