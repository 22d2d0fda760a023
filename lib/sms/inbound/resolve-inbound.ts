import { type Actor, audited } from '../../platform/audit.ts';
import { instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import { maskPhone } from '../../platform/mask-phone.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import type { InboundSms, Resolution } from '../core/inbound-model.ts';
import { stopWrites } from './accept-inbound.ts';
import { getInbound, inboundWrites } from './inbound-repository.ts';
import { repliedTo } from './replied-to.ts';

/**
 * A manager has read a likely wish: it is taken for a stop, or it was nothing. The same again changes nothing.
 * Throws `inbound-sms-not-found`, `inbound-sms-not-open` (409) for one that is no open wish.
 */
export const resolveInbound = (
  rt: Runtime,
  input: Actor & { inboundId: string; as: Resolution },
): Promise<InboundSms> =>
  untilCommitted(rt, async () => {
    const before = await getInbound(rt, input.inboundId);
    if (before.resolved?.as === input.as) return before;
    if (before.wish !== 'likely-stop' || before.resolved) {
      throw new AppError('conflict', 'inbound-sms-not-open', 'It is no open wish.');
    }
    const { from: phone, providerId, version } = before;
    const at = instant(rt.clock.nowMs());
    const after = { ...before, resolved: { as: input.as, at, by: input.caller.id }, version: version + 1 };
    const stops =
      input.as === 'stop'
        ? await stopWrites(rt, {
            phone,
            by: input.caller.id,
            endsDebtOf: (await repliedTo(rt, providerId, phone)).endsDebtOf,
          })
        : [];
    const subject = `inbound-sms/${before.id}`;
    const details = { as: input.as, phone: maskPhone(phone) };
    await commit(rt, {
      writes: [...inboundWrites(rt, before, after), ...stops],
      events: [audited(rt, input, { action: 'inbound-sms.resolved', subject, details })],
    });
    return after;
  });
