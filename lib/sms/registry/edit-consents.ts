import { type Actor, audited } from '../../platform/audit.ts';
import { epochMs, type Instant, instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import { pastMoment } from '../../platform/input/file-date.ts';
import { readPhone } from '../../platform/input/phone.ts';
import { maskPhone } from '../../platform/mask-phone.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import type { Idempotency } from '../../platform/storage/idempotency.ts';
import { consentWrite, findConsent, recipientWrite } from '../core/recipient-repository.ts';
import type { Consent } from '../core/registry-model.ts';
import { getEntity } from '../entity-repository.ts';

import { type ConsentView, toConsentView } from './registry-view.ts';

export interface ConsentDraft {
  readonly entityId: string;
  readonly phone: string;
  readonly country?: string | undefined;
  readonly proof: string;
  readonly grantedAt?: string | undefined;
}

/** When it was given: now unless said, and by the rule of the file of many (`importConsents`). */
const grantedAtOf = (text: string | undefined, nowMs: number): Instant => {
  if (text === undefined) return instant(nowMs);
  const read = pastMoment({ year: Number(text.slice(0, 4)), atMs: epochMs(text) }, nowMs);
  if (read.kind === 'date') return read.at;
  throw new AppError('unprocessable', 'granted-at-invalid', `grantedAt: ${read.detail}`);
};

/**
 * Records that somebody agreed, with where the proof is. Throws `legal-entity-not-found`, `phone-invalid`,
 * `granted-at-invalid` (422) for a time to come or before 1900.
 */
export const addConsent = async (
  rt: Runtime,
  input: Actor & { draft: ConsentDraft; idempotency: Idempotency },
): Promise<ConsentView> => {
  const { entityId, proof, grantedAt, country } = input.draft;
  const entity = await getEntity(rt, entityId);
  const phone = readPhone(input.draft.phone, country ?? entity.country).phone;
  const consent: Consent = {
    entityId,
    phone,
    proof,
    grantedAt: grantedAtOf(grantedAt, rt.clock.nowMs()),
    by: input.caller.id,
  };
  const body = toConsentView(consent);
  const deed = {
    action: 'consent.recorded',
    subject: `consent/${maskPhone(phone)}`,
    details: { entityId, proof, grantedAt: consent.grantedAt },
  };
  await commit(rt, {
    writes: [consentWrite(rt, consent)],
    events: [audited(rt, input, deed)],
    answer: { idempotency: input.idempotency, stored: { status: 201, body } },
  });
  return body;
};

/** Ends a consent from now on; the record stays as proof of both. Throws `consent-not-found`. */
export const revokeConsent = async (
  rt: Runtime,
  input: Actor & { entityId: string; phone: string },
): Promise<ConsentView> => {
  const { entityId } = input;
  const phone = `+${input.phone.replace(/^\+/, '')}`;
  const before = await findConsent(rt, entityId, phone);
  if (!before) throw new AppError('missing', 'consent-not-found', 'No consent is on record.');
  if (before.revokedAt) return toConsentView(before);
  const after: Consent = { ...before, revokedAt: instant(rt.clock.nowMs()) };
  const deed = { action: 'consent.revoked', subject: `consent/${maskPhone(phone)}`, details: { entityId } };
  await commit(rt, { writes: [consentWrite(rt, after)], events: [audited(rt, input, deed)] });
  return toConsentView(after);
};

/** Notes a recipient's time zone, or forgets it (`null`): a message may bring one of its own, which counts more. */
export const setRecipientZone = async (
  rt: Runtime,
  input: Actor & { phone: string; zone: string | null },
): Promise<{ phone: string; zone: string | null }> => {
  const phone = readPhone(`+${input.phone.replace(/^\+/, '')}`).phone;
  const { zone } = input;
  const deed = { action: 'recipient.zone-set', subject: `recipient/${maskPhone(phone)}`, details: { zone } };
  await commit(rt, {
    writes: [recipientWrite(rt, phone, zone ?? undefined)],
    events: [audited(rt, input, deed)],
  });
  return { phone, zone };
};
