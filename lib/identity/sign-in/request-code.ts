import { auditEvent, type Origin, SYSTEM_ACTOR } from '../../platform/audit.ts';
import { epochMs, type Instant, instant, plusSeconds } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { EventDraft } from '../../platform/events/event.ts';
import type { Mobile } from '../../platform/input/phone.ts';
import { count } from '../../platform/metrics.ts';
import { networkOf } from '../../platform/outbound/ip-address.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { commit } from '../../platform/storage/commit.ts';
import { CommitConflict } from '../../platform/storage/write.ts';
import { codeRequested } from '../../sms/events.ts';
import { OWN_ENTITY } from '../../sms/model.ts';
import { type Challenge, type Locale, OPEN_LINE, type PhoneCodes } from '../model.ts';
import type { SignInSettings } from '../settings/catalogue.ts';
import { findSettings } from '../settings/settings-repository.ts';
import { codeSentWrites, joinCode } from './challenge-repository.ts';
import { type CodeWorld, findCodes, holdLine, readCodeWorld, releaseLine } from './code-repository.ts';
import { codeText, localeOf } from './code-text.ts';
import { knownDevice } from './known-device.ts';
import { readPhone } from './read-phone.ts';
import {
  type CodeRequest,
  challengeIdOf,
  decideCodeRequest,
  MAX_ASKERS,
  resendAt,
  withCodeSent,
} from './sign-in-code.ts';
import { countCode, refusedFor, tooMany } from './spend-code.ts';

export interface CodeAnswer {
  readonly challengeId: string;
  readonly expiresAt: Instant;
  /** When another code may be requested. */
  readonly resendAt: Instant;
}

/** Names nothing that could help a stranger: an earlier requester has the challenge from the earlier answer. */
const tooEarly = (retryAt: Instant, now: Instant): AppError =>
  new AppError('limited', 'resend-too-early', 'A code is on its way. Ask for another one a little later.', {
    retryAfterSec: Math.max(1, Math.ceil((epochMs(retryAt) - epochMs(now)) / 1000)),
  });

/** Names the code; it is derived where the SMS is handed off (R-AUTH-01). */
const codeSms = (codes: PhoneCodes & { challenge: Challenge }, locale: Locale): EventDraft =>
  codeRequested.draft({
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

/** Done instead of sending the code, so that a locked user costs the same work and time as any other. */
const lockedNote = (rt: Runtime, userId: string, origin: Origin): EventDraft =>
  auditEvent(rt, { actor: SYSTEM_ACTOR, action: 'user.code-withheld', subject: `user/${userId}`, origin });

interface CodeInput {
  readonly mobile: Mobile;
  readonly locale: Locale;
  readonly origin: Origin;
  readonly deviceToken: string | undefined;
}

/** Everything that is read from the store about a request. */
interface CodeContext extends CodeRequest {
  readonly world: CodeWorld;
  readonly address: string;
}

const readContext = async (rt: Runtime, { mobile, origin, deviceToken }: CodeInput): Promise<CodeContext> => {
  const { phone, dialCode } = mobile;
  const address = networkOf(origin.ip);
  const world = await readCodeWorld(rt, { phone, dialCode, address });
  const device = knownDevice(world.devices.devices, deviceToken);
  const codes = device === undefined ? world.codes : await findCodes(rt, phone, device);
  const now = instant(rt.clock.nowMs());
  return { world, address, codes, by: device ?? address, limits: world.settings, now };
};

/** A line is held for no longer than this: whoever holds it is done long before, or is no more. */
const HOLD_SEC = 5;

const isHeld = ({ codes, now }: CodeRequest): boolean => codes.hold !== undefined && now < codes.hold.until;

const answerOf = (request: CodeRequest, challenge: Challenge): CodeAnswer => ({
  challengeId: challengeIdOf(challenge, request.by),
  expiresAt: challenge.expiresAt,
  resendAt: resendAt(request),
});

/** A challenge of one's own for a code that was sent a moment ago. Undefined when it has gone meanwhile. */
const join = async (
  rt: Runtime,
  request: CodeContext,
  { id, expiresAt }: Challenge,
): Promise<CodeAnswer | undefined> => {
  const { codes, by, now } = request;
  const { phone, line } = codes;
  const counted = await countCode(rt, { ...request, phone, kind: 'joined' });
  const challengeId = rt.ids.next('chl');
  const place = { challengeId, phone, line, codeId: id, by };
  if (await joinCode(rt, place, { most: MAX_ASKERS, now })) {
    return { challengeId, expiresAt, resendAt: resendAt(request) };
  }
  await counted.giveBack();
  return undefined;
};

/** Sends to a line that is held. Undefined when somebody guessed meanwhile: what was checked is no longer so. */
const sendHeld = async (
  rt: Runtime,
  input: CodeInput,
  request: CodeContext,
): Promise<CodeAnswer | undefined> => {
  const { mobile, locale, origin } = input;
  const { codes, by, now, limits, world } = request;
  const counted = await countCode(rt, { ...request, ...mobile, kind: 'sent' });
  const after = withCodeSent(request, { newId: rt.ids.next('chl'), locale });
  try {
    await commit(rt, {
      writes: codeSentWrites(rt, { before: codes, after, by, now }),
      events: [world.owner?.locked ? lockedNote(rt, world.owner.userId, origin) : codeSms(after, locale)],
    });
    if (!world.owner?.locked) count(rt, 'CodesSent');
    return answerOf({ codes: after, by, limits, now }, after.challenge);
  } catch (error) {
    await counted.giveBack();
    if (error instanceof CommitConflict) return undefined;
    throw error;
  }
};

const send = async (rt: Runtime, input: CodeInput, request: CodeContext): Promise<CodeAnswer | undefined> => {
  const { by, now } = request;
  const hold = { by, until: plusSeconds(now, HOLD_SEC), now };
  const codes = await holdLine(rt, request.codes, hold);
  if (!codes) return undefined;
  let answer: CodeAnswer | undefined;
  try {
    answer = await sendHeld(rt, input, { ...request, codes });
    return answer;
  } finally {
    if (!answer) await releaseLine(rt, codes);
  }
};

/** One attempt. Undefined: another request was first, so read and decide again. */
const tryOnce = async (rt: Runtime, input: CodeInput): Promise<CodeAnswer | undefined> => {
  const request = await readContext(rt, input);
  const { codes, by, now, limits } = request;
  if (isHeld(request)) {
    if (codes.hold?.by === by) throw tooEarly(plusSeconds(now, limits.resendAfterSec), now);
    return undefined;
  }
  const decision = decideCodeRequest(request);
  if (decision.kind === 'too-early') throw tooEarly(decision.retryAt, now);
  if (decision.kind === 'too-many') {
    throw tooMany(rt, { of: codes.line === OPEN_LINE ? 'phone' : 'device', retryAt: decision.retryAt, now });
  }
  if (decision.kind === 'join') return join(rt, request, decision.challenge);
  await refusedFor(rt, { ...request, ...input.mobile });
  return send(rt, input, request);
};

const mobileOf = (rt: Runtime, phone: string, settings: SignInSettings): Mobile => {
  try {
    return readPhone(phone, settings);
  } catch (error) {
    if (error instanceof AppError && error.code === 'phone-country')
      count(rt, 'CodesRefused', { of: 'country' });
    throw error;
  }
};

const MAX_TRIES = 10;
const BASE_DELAY_MS = 20;
const MAX_DELAY_MS = 400;

/**
 * Sends a sign-in code by SMS. The answer, and the work behind it, is the same for a phone that is known, unknown or locked
 * (a locked one is sent nothing). While a code lives, its requester is sent the same again; somebody else who requests one
 * while none may be sent gets a challenge of their own for it (docs/identity.md, "Who may use up what"). Of many at once one
 * sends, and the others are checked by what it did. Throws `phone-invalid`, `phone-not-mobile`, `phone-country` (422);
 * `resend-too-early`, `too-many-codes` (429).
 */
export const requestCode = async (
  rt: Runtime,
  input: { phone: string; locale?: Locale | undefined; deviceToken?: string | undefined; origin: Origin },
): Promise<CodeAnswer> => {
  const settings = await findSettings(rt);
  const mobile = mobileOf(rt, input.phone, settings);
  const { deviceToken, origin } = input;
  const codeInput = { mobile, locale: input.locale ?? localeOf(mobile.dialCode), origin, deviceToken };
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const answer = await tryOnce(rt, codeInput);
    if (answer) return answer;
    await rt.clock.sleep(Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** attempt) * (0.5 + rt.ids.random()));
  }
  // Other requests for this phone keep winning: this requester is answered as if a code were on its way.
  const now = instant(rt.clock.nowMs());
  throw tooEarly(plusSeconds(now, settings.resendAfterSec), now);
};
