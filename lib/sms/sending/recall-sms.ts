import { type Actor, audited } from '../../platform/audit.ts';
import { instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { moved, smsChange } from '../change.ts';
import { findSms, getSms } from '../message-repository.ts';
import type { Sms } from '../model.ts';
import { adapterOf } from '../providers/adapters.ts';
import { mayMove } from '../states.ts';
import { isOpen, replaced } from './attempts.ts';
import { connect, knownProvider } from './known-providers.ts';
import { statusRefsOf } from './status-queries.ts';
import { withConnection } from './with-connection.ts';

/** Somebody waits for the answer, and the function has ten seconds: for the provider, the store and the note of it. */
const PATIENCE_MS = 4_000;

const cannot = (why: string): AppError =>
  new AppError('conflict', 'sms-state', `The message cannot be cancelled any more: ${why}.`);

/** Asks the provider that has a message to take it back. Throws 409 `sms-state` unless it says that it did. */
const cancelAtProvider = async (rt: Runtime, sms: Sms): Promise<string> => {
  const attempt = sms.attempts.at(-1);
  const provider = attempt && (await knownProvider(rt, attempt.providerId));
  const { cancel = false, ownId = false } = provider ? adapterOf(provider.kind).capabilities : {};
  if (!attempt || !provider || !cancel || !isOpen(attempt)) throw cannot('its provider cannot take it back');
  const refs = statusRefsOf(attempt, ownId);
  // Its answer was lost and it gives the ids itself: it cannot be queried, and may well have the message.
  if (refs.length === 0) throw cannot('its provider has given no id for it');
  const taken = await withConnection(rt, provider, async () => {
    const { adapter, ctx: usual } = await connect(rt, provider);
    const ctx = { ...usual, timeoutMs: PATIENCE_MS };
    for (const ref of refs) {
      const outcome = await adapter.cancel(ctx, { ref, phone: sms.phone });
      if (outcome.kind !== 'cancelled') throw cannot(`its provider says ${outcome.why}`);
    }
  });
  if (taken === 'busy') throw cannot('its provider is busy');
  return attempt.id;
};

/**
 * Takes back a message that a provider has, where the provider can (R-SMS-03), and gives its count back. Undefined for one that no
 * provider has: that is the registry's to cancel. Throws `sms-state` (409) when the provider cannot or will not.
 */
export const recallSms = async (rt: Runtime, input: Actor & { smsId: string }): Promise<Sms | undefined> => {
  const sms = await findSms(rt, input.smsId);
  if (sms?.state !== 'sent' && sms?.state !== 'unknown') return undefined;
  const attemptId = await cancelAtProvider(rt, sms);
  return untilCommitted(rt, async () => {
    const now = await getSms(rt, input.smsId);
    const attempt = now.attempts.find(({ id }) => id === attemptId);
    if (!attempt || !mayMove(now.state, 'cancelled')) return now;
    const at = instant(rt.clock.nowMs());
    const attempts = replaced(now, { ...attempt, state: 'cancelled', endedAt: at });
    const after = moved(now, 'cancelled', at, { attempts, reason: 'cancelled-by-caller' });
    const change = smsChange(rt, now, after);
    const deed = { action: 'sms.cancelled', subject: `sms/${now.id}` };
    await commit(rt, { ...change, events: [...change.events, audited(rt, input, deed)] });
    const { plannedOn, ...answer } = after;
    return answer;
  });
};
