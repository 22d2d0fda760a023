import { instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { CommitConflict, type Write } from '../../platform/storage/write.ts';
import { moved, smsChange } from '../change.ts';
import type { Provider } from '../core/provider-model.ts';
import { type Evaluated, evaluatedAgain, recountWrites } from '../evaluate-sms.ts';
import type { Attempt, Sms } from '../model.ts';
import { adapterOf } from '../providers/adapters.ts';
import { referenceWrite } from './reference-repository.ts';
import { CRASHED_MS } from './status-queries.ts';

/** An id that two messages share would give one the other's reports: then another is taken. */
const SALTS = 5;

/** A reference to our own id is stored before the message leaves: its reports may be faster than the provider's answer. */
const ownReference = (rt: Runtime, attempt: Attempt, smsId: string): Write => {
  const reference = {
    providerId: attempt.providerId,
    theirId: attempt.id,
    smsId,
    attemptId: attempt.id,
  };
  const { Put } = referenceWrite(rt, reference, attempt.startedAt);
  return {
    Put: { TableName: Put?.TableName, Item: Put?.Item, ConditionExpression: 'attribute_not_exists(pk)' },
  };
};

/**
 * Notes that a message is about to leave, before it does: after this commit it is never handed over again unless the
 * provider says that it did not take it. Throws CommitConflict when the message was changed meanwhile.
 */
export const beginAttempt = async (
  rt: Runtime,
  { sms, provider, evaluated }: { sms: Sms; provider: Provider; evaluated: Evaluated },
): Promise<{ sms: Sms; attempt: Attempt }> => {
  const adapter = adapterOf(provider.kind);
  const { ownId } = adapter.capabilities;
  for (let salt = 0; ; salt += 1) {
    const nowMs = rt.clock.nowMs();
    const at = instant(nowMs);
    const attempt: Attempt = {
      id: adapter.ownIdOf(`${sms.id}.${sms.attempts.length + 1}`, salt),
      providerId: provider.id,
      state: 'sending',
      startedAt: at,
      providerIds: [],
    };
    const after = moved(sms, 'sending', at, {
      ...evaluatedAgain(sms, evaluated),
      attempts: [...sms.attempts, attempt],
      askAt: instant(nowMs + CRASHED_MS),
    });
    const change = smsChange(rt, sms, after);
    const writes = [
      ...change.writes,
      ...recountWrites(rt, sms, evaluated),
      ...(ownId ? [ownReference(rt, attempt, sms.id)] : []),
    ];
    try {
      await commit(rt, { writes, events: change.events });
      return { sms: after, attempt };
    } catch (error) {
      const taken =
        error instanceof CommitConflict &&
        ownId &&
        error.failed.every(({ index }) => index === writes.length - 1);
      if (!taken || salt + 1 >= SALTS) throw error;
    }
  }
};
