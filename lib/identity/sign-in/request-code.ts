import { auditEvent, SYSTEM_ACTOR } from '../../platform/audit.ts';
import { epochMs, type Instant, instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { Origin } from '../../platform/http/on-http.ts';
import type { Mobile } from '../../platform/input/phone.ts';
import { networkOf } from '../../platform/outbound/ip-address.ts';
import type { EventDraft } from '../../platform/outbox/event.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { untilCommitted } from '../../platform/storage/until-committed.ts';
import { OWN_ENTITY, smsRequestedEvent } from '../../sms/index.ts';
import type { Challenge, Locale, PhoneCodes } from '../model.ts';
import { type CodeWorld, codeSentWrites, readCodeWorld } from '../repository/codes.ts';
import { findSettings } from '../repository/settings.ts';
import {
  budgetOf,
  type CodeRefusal,
  judgeCodeRequest,
  resendAt,
  withAddressSend,
  withCodeSent,
} from './code-rules.ts';
import { codeText, localeOf } from './code-text.ts';
import { readPhone } from './read-phone.ts';

export interface CodeAnswer {
  readonly challengeId: string;
  readonly expiresAt: Instant;
  /** When another code may be asked for. */
  readonly resendAt: Instant;
}

const refusal = (refused: CodeRefusal, now: Instant): AppError => {
  const retryAfterSec = Math.max(1, Math.ceil((epochMs(refused.retryAt) - epochMs(now)) / 1000));
  if (refused.kind === 'too-many') {
    return new AppError('limited', 'too-many-codes', 'Too many codes were asked for. Try again later.', {
      retryAfterSec,
    });
  }
  const { challenge } = refused;
  return new AppError(
    'limited',
    'resend-too-early',
    'A code is on its way. Ask for another one a little later.',
    {
      retryAfterSec,
      ...(challenge && { members: { challengeId: challenge.id, expiresAt: challenge.expiresAt } }),
    },
  );
};

/** Names the challenge; the code itself is derived where the SMS is handed off (R-AUTH-01). */
const codeSms = (codes: PhoneCodes & { challenge: Challenge }, locale: Locale): EventDraft =>
  smsRequestedEvent({
    key: `${codes.challenge.id}.${codes.version}`,
    requestedBy: 'identity',
    entityId: OWN_ENTITY,
    category: 'otp',
    phone: codes.phone,
    text: codeText(locale),
    challengeId: codes.challenge.id,
    validUntil: codes.challenge.expiresAt,
    locale,
  });

/** In the code's place, so that a locked account costs the same work and time as any other. */
const lockedNote = (rt: Runtime, userId: string, origin: Origin): EventDraft =>
  auditEvent(rt, { actor: SYSTEM_ACTOR, action: 'user.code-withheld', subject: `user/${userId}`, origin });

interface Asked {
  readonly mobile: Mobile;
  readonly locale: Locale;
  readonly origin: Origin;
}

const send = async (rt: Runtime, { mobile, locale, origin }: Asked): Promise<CodeAnswer> => {
  const { phone, dialCode } = mobile;
  const now = instant(rt.clock.nowMs());
  const before: CodeWorld = await readCodeWorld(rt, { phone, dialCode, address: networkOf(origin.ip), now });
  const { codes, settings, owner, spent } = before;
  const addressSends = before.address.sends;
  const budget = budgetOf(settings, dialCode);
  const { limits } = settings;
  const decision = judgeCodeRequest({ codes, addressSends, spent, budget, limits, now });
  if (decision.kind !== 'send') throw refusal(decision, now);
  const after = withCodeSent(codes, { newId: rt.ids.next('chl'), locale, now });
  await commit(rt, {
    writes: codeSentWrites(rt, {
      before,
      after,
      addressSends: withAddressSend(addressSends, now),
      dialCode,
      budget,
      now,
    }),
    events: [owner?.locked ? lockedNote(rt, owner.userId, origin) : codeSms(after, locale)],
  });
  const { id, expiresAt } = after.challenge;
  return { challengeId: id, expiresAt, resendAt: resendAt(after, limits, now) };
};

/**
 * Sends a sign-in code by SMS. The answer, and the work behind it, is the same for a phone that is known, unknown or locked
 * (a locked one is sent nothing). While a challenge lives, another request sends the same code again.
 * Throws `phone-invalid`, `phone-not-mobile`, `phone-country` (422); `resend-too-early`, `too-many-codes` (429).
 */
export const requestCode = async (
  rt: Runtime,
  input: { phone: string; locale?: Locale | undefined; origin: Origin },
): Promise<CodeAnswer> => {
  const mobile = readPhone(input.phone, await findSettings(rt));
  const locale = input.locale ?? localeOf(mobile.dialCode);
  return untilCommitted(rt, () => send(rt, { mobile, locale, origin: input.origin }));
};
