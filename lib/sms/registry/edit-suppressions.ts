import { type Actor, audited } from '../../platform/audit.ts';
import { instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import { readPhone } from '../../platform/input/phone.ts';
import { maskPhone } from '../../platform/mask-phone.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import type { Idempotency } from '../../platform/storage/idempotency.ts';
import { findSuppression, suppressionRemoval, suppressionWrite } from '../core/recipient-repository.ts';
import type { Suppression } from '../core/registry-model.ts';
import type { SmsCategory } from '../model.ts';

import { type SuppressionView, toSuppressionView } from './registry-view.ts';

export interface SuppressionDraft {
  readonly phone: string;
  readonly country?: string | undefined;
  readonly entityId: string;
  readonly categories: readonly SmsCategory[];
  readonly reason: string;
}

/** Codes cannot be kept away from a phone: whoever may suppress could lock anybody out. Throws `otp-not-suppressible` (422). */
export const refuseOtp = (categories: readonly SmsCategory[]): void => {
  if (!categories.includes('otp')) return;
  throw new AppError('unprocessable', 'otp-not-suppressible', 'Sign-in codes cannot be suppressed.');
};

/** Keeps messages of these categories from a phone; one that exists is replaced. Throws `phone-invalid`, `otp-not-suppressible`. */
export const addSuppression = async (
  rt: Runtime,
  input: Actor & { draft: SuppressionDraft; idempotency: Idempotency },
): Promise<SuppressionView> => {
  const { country, ...draft } = input.draft;
  refuseOtp(draft.categories);
  const suppression: Suppression = {
    ...draft,
    phone: readPhone(draft.phone, country).phone,
    source: 'manager',
    at: instant(rt.clock.nowMs()),
    by: input.caller.id,
  };
  const body = toSuppressionView(suppression);
  const { entityId, categories, reason, phone } = suppression;
  const subject = `suppression/${maskPhone(phone)}`;
  const deed = { action: 'suppression.added', subject, details: { entityId, categories, reason } };
  await commit(rt, {
    writes: [suppressionWrite(rt, suppression)],
    events: [audited(rt, input, deed)],
    answer: { idempotency: input.idempotency, stored: { status: 201, body } },
  });
  return body;
};

/** Lets messages through again. Throws `suppression-not-found`. */
export const removeSuppression = async (
  rt: Runtime,
  input: Actor & { phone: string; entityId: string },
): Promise<void> => {
  const { entityId } = input;
  const phone = `+${input.phone.replace(/^\+/, '')}`;
  const before = await findSuppression(rt, phone, entityId);
  if (!before) throw new AppError('missing', 'suppression-not-found', 'Nothing keeps messages from it.');
  const details = { entityId, categories: before.categories, source: before.source };
  const deed = { action: 'suppression.removed', subject: `suppression/${maskPhone(phone)}`, details };
  await commit(rt, { writes: [suppressionRemoval(rt, phone, entityId)], events: [audited(rt, input, deed)] });
};
