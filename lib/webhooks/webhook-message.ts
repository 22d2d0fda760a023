// @pure

import { createHmac, timingSafeEqual } from 'node:crypto';
import { derivedId } from '../platform/derived-id.ts';
import type { InboundReceived, StatusChange } from '../sms/events.ts';
import type { Webhook } from './model.ts';

const MINUTE_SEC = 60;
const HOUR_SEC = 3600;

/** Pauses between tries: ten tries within a little less than 24 hours, then it is given up. */
export const RETRY_AFTER_SEC = [
  10,
  MINUTE_SEC,
  5 * MINUTE_SEC,
  15 * MINUTE_SEC,
  HOUR_SEC,
  2 * HOUR_SEC,
  4 * HOUR_SEC,
  8 * HOUR_SEC,
  8 * HOUR_SEC,
] as const;

/** When to try again after so many tries; undefined: no more. */
export const retryAfterSec = (tries: number): number | undefined => RETRY_AFTER_SEC[tries - 1];

/** Of a user's webhook: every entity. Of an API key's: those it is bound to. */
export type Reach = { readonly of: 'user' } | { readonly of: 'key'; readonly entityIds: readonly string[] };

export type Fact = StatusChange | InboundReceived;

/** Stable per fact: the message and its version. */
export const eventIdOf = (fact: Fact): string =>
  'inboundId' in fact ? fact.inboundId : `${fact.smsId}.${fact.version}`;

/** The key under which somebody registered a message is their own, and sent to them alone. */
const dataFor = (createdBy: string, fact: Fact): object => {
  if ('inboundId' in fact || fact.requestedBy === createdBy) return fact;
  const { key, ...rest } = fact;
  return rest;
};

/** Ids and states, never a phone, a name or a text. `type` is the fact's name. */
export const bodyOf = ({ createdBy }: Pick<Webhook, 'createdBy'>, type: string, fact: Fact): string =>
  JSON.stringify({ id: eventIdOf(fact), type, data: dataFor(createdBy, fact) });

/** What its maker may receive: of sign-in codes a key sees nothing, and a message from a phone is for keys alone. */
export const mayReceive = (reach: Reach, fact: Fact): boolean => {
  if (reach.of === 'user') return !('inboundId' in fact);
  if ('category' in fact && fact.category === 'otp') return false;
  return fact.entityId !== undefined && reach.entityIds.includes(fact.entityId);
};

/** Who named states wants changes to these and nothing else. */
export const wants = ({ entityId, states }: Pick<Webhook, 'entityId' | 'states'>, fact: Fact): boolean =>
  (entityId === undefined || entityId === fact.entityId) &&
  (states === undefined || ('state' in fact && states.includes(fact.state)));

/** `v1=` and the hex HMAC-SHA256 of `<timestamp>.<body>`. The timestamp is in seconds, as text. */
export const signatureOf = (secret: string, timestamp: string, body: string): string =>
  `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;

/** In constant time. */
export const isSignedBy = (secret: string, timestamp: string, body: string, signature: string): boolean => {
  const expected = Buffer.from(signatureOf(secret, timestamp, body));
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
};

/** The id of the webhook somebody makes under a key: a repeat finds the first one, and its secret. */
export const webhookIdOf = (callerId: string, key: string): string =>
  derivedId('whk', 'webhook', callerId, key);
