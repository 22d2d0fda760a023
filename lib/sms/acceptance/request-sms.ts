import { createHash } from 'node:crypto';
import { epochMs, instant } from '../../platform/clock.ts';
import type { Runtime } from '../../platform/runtime.ts';
import type { SmsRequest } from '../events.ts';
import { acceptSms } from './accept-sms.ts';
import { MAX_VALIDITY_SEC } from './draft-rules.ts';

const hashOf = (request: SmsRequest): string =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries(request).toSorted()))
    .digest('base64url');

/**
 * Registers what another module asked for. The same event, however often it is delivered, is one message. Throws the
 * AppErrors of `acceptSms`: permanent ones end in the queue of the rejected, with the reason.
 */
export const requestSms = async (rt: Runtime, request: SmsRequest): Promise<void> => {
  const { key, requestedBy, ...draft } = request;
  const latestMs = rt.clock.nowMs() + MAX_VALIDITY_SEC * 1000;
  const validUntil = instant(Math.min(epochMs(request.validUntil), latestMs));
  await acceptSms(rt, { ...draft, validUntil }, { requestedBy, key, requestHash: hashOf(request) });
};
