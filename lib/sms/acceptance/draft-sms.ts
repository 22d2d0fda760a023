import { epochMs, instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import { parsePhone, readMobile } from '../../platform/input/phone.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { findEntity } from '../entity-repository.ts';
import { OWN_ENTITY, type SmsCategory } from '../model.ts';
import { CODE_PLACE, type Segments, segmentsOf, withCode } from '../rules/encoding.ts';
import type { RequestedSms } from '../rules/model.ts';
import { isZone, NO_COUNTRY } from '../rules/zones.ts';
import { defaultValiditySec, MAX_VALIDITY_SEC } from './draft.ts';

/** A message as requested, from HTTP or another module. */
export interface SmsDraft {
  readonly entityId: string;
  readonly category: SmsCategory;
  /** In any notation; a national one by `country` or the entity's country. */
  readonly phone: string;
  readonly country?: string | undefined;
  readonly text: string;
  readonly challengeId?: string | undefined;
  readonly locale?: string | undefined;
  readonly validUntil?: string | undefined;
  readonly validitySec?: number | undefined;
  readonly zone?: string | undefined;
  readonly overCap?: 'defer' | 'deny' | undefined;
  readonly providerId?: string | undefined;
}

/** A draft understood: the input of the rules, and how long the text is. */
export interface ReadDraft {
  readonly requested: RequestedSms;
  readonly segments: Segments;
}

const wrong = (code: string, message: string): AppError => new AppError('unprocessable', code, message);

/** Throws `phone-invalid`, `phone-not-mobile`. A number in national notation costs a read of the entity. */
const readRecipient = async (
  rt: Runtime,
  { phone: text, country, entityId }: SmsDraft,
): Promise<{ phone: string; country: string }> => {
  const international = country !== undefined || parsePhone(text).kind !== 'invalid';
  const mobile = readMobile(text, international ? country : (await findEntity(rt, entityId))?.country);
  return { phone: mobile.phone, country: mobile.country ?? NO_COUNTRY };
};

const readValidity = ({ validUntil, validitySec, category }: SmsDraft, nowMs: number): string => {
  if (validUntil !== undefined && validitySec !== undefined) {
    throw wrong('validity-twice', 'Give validUntil or validitySec, not both.');
  }
  const untilMs = validUntil
    ? epochMs(validUntil)
    : nowMs + (validitySec ?? defaultValiditySec[category]) * 1000;
  if (untilMs <= nowMs + MAX_VALIDITY_SEC * 1000) return instant(untilMs);
  throw wrong('validity-too-long', 'A message is valid for 30 days at most.');
};

/** A code is never in the text: its placeholder is, and only where there is a challenge to derive it from. */
const checkCode = ({ text, challengeId, category, entityId }: SmsDraft): void => {
  if (text.includes(CODE_PLACE) !== (challengeId !== undefined)) {
    throw wrong(
      'code-without-challenge',
      `${CODE_PLACE} stands in a text exactly when there is a challenge.`,
    );
  }
  if (category === 'otp' && entityId !== OWN_ENTITY) {
    throw wrong('otp-not-own', 'Codes go out in the name of the own entity only.');
  }
};

/**
 * Reads a draft. Throws AppError (unprocessable) `phone-invalid`, `phone-not-mobile`, `zone-unknown`,
 * `validity-twice`, `validity-too-long`, `code-without-challenge`, `otp-not-own`.
 */
export const readDraft = async (
  rt: Runtime,
  draft: SmsDraft,
  { id, nowMs }: { id: string; nowMs: number },
): Promise<ReadDraft> => {
  checkCode(draft);
  if (draft.zone !== undefined && !isZone(draft.zone))
    throw wrong('zone-unknown', 'There is no such time zone.');
  const { entityId, category, zone, overCap = 'defer', providerId } = draft;
  return {
    requested: {
      id,
      entityId,
      category,
      ...(await readRecipient(rt, draft)),
      validUntil: readValidity(draft, nowMs),
      overCap,
      ...(zone !== undefined && { zone }),
      ...(providerId !== undefined && { providerId }),
    },
    segments: segmentsOf(withCode(draft.text)),
  };
};
