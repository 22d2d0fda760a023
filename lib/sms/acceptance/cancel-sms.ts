import { type Actor, audited } from '../../platform/audit.ts';
import { instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { moved, smsChange } from '../change.ts';
import { getSms } from '../message-repository.ts';
import type { Sms } from '../model.ts';
import { isHeld } from '../states.ts';

/**
 * Cancels a message that has not been handed over, and gives its count back. Cancelling twice is once.
 * Throws `sms-not-found`, `sms-state` (409) for one that is under way or over.
 */
export const cancelSms = (rt: Runtime, input: Actor & { smsId: string }): Promise<Sms> =>
  untilCommitted(rt, async () => {
    const before = await getSms(rt, input.smsId);
    if (before.state === 'cancelled') return before;
    if (!isHeld(before.state)) {
      throw new AppError('conflict', 'sms-state', `A message that is ${before.state} cannot be cancelled.`);
    }
    const after = moved(before, 'cancelled', instant(rt.clock.nowMs()), { reason: 'cancelled-by-caller' });
    const change = smsChange(rt, before, after);
    const deed = { action: 'sms.cancelled', subject: `sms/${before.id}` };
    await commit(rt, { ...change, events: [...change.events, audited(rt, input, deed)] });
    const { plannedOn, ...answer } = after;
    return answer;
  });
