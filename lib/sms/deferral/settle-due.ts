import { instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { Change } from '../../platform/storage/change.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { moved, smsChange } from '../change.ts';
import { evaluateSms, verdictChange } from '../evaluate-sms.ts';
import { findSms } from '../message-repository.ts';
import type { Sms } from '../model.ts';
import { isHeld } from '../states.ts';

const settled = async (rt: Runtime, sms: Sms): Promise<Change | undefined> => {
  const nowMs = rt.clock.nowMs();
  const at = instant(nowMs);
  if (sms.validUntil <= at) return smsChange(rt, sms, moved(sms, 'expired', at, { reason: 'validity' }));
  // A queued message waits for hand-off; only its end is this timer's business.
  if (sms.state !== 'deferred' || (sms.nextAllowedAt && sms.nextAllowedAt > at)) return undefined;
  return verdictChange(rt, sms, await evaluateSms(rt, sms, nowMs));
};

/**
 * A held message's moment has come: too late → expired, its count given back; else evaluated again → queued, deferred again
 * or denied. Early, late and doubled calls change nothing.
 */
export const settleDue = (rt: Runtime, { smsId }: { smsId: string }): Promise<void> =>
  untilCommitted(rt, async () => {
    const sms = await findSms(rt, smsId);
    const change = sms && isHeld(sms.state) ? await settled(rt, sms) : undefined;
    if (change) await commit(rt, change);
  });
