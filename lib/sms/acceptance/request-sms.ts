import { createHash } from 'node:crypto';
import { epochMs, instant } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { SmsRequest } from '../events.ts';
import { acceptSms } from './accept-sms.ts';
import { MAX_VALIDITY_SEC } from './draft.ts';

const hashOf = (request: SmsRequest): string =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries(request).toSorted()))
    .digest('base64url');

/** What may send codes: they skip every rule, so no other module's mistake may become one. */
const SIGN_IN = 'identity';

const mustBeSignIn = ({ requestedBy, challengeId }: SmsRequest): void => {
  if (requestedBy === SIGN_IN && challengeId !== undefined) return;
  throw new AppError('unprocessable', 'otp-of-sign-in', 'Only sign-in sends codes, each for a challenge.');
};

/**
 * Registers what another module requested. The same event, however often it is delivered, is one message. Throws the
 * AppErrors of `acceptSms`: permanent ones end in the queue of the rejected, with the reason.
 */
export const requestSms = async (rt: Runtime, request: SmsRequest): Promise<void> => {
  if (request.category === 'otp') mustBeSignIn(request);
  const { key, requestedBy, ...draft } = request;
  const latestMs = rt.clock.nowMs() + MAX_VALIDITY_SEC * 1000;
  const validUntil = instant(Math.min(epochMs(request.validUntil), latestMs));
  await acceptSms(rt, { ...draft, validUntil }, { requestedBy, key, requestHash: hashOf(request) });
};
