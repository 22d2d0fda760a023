// @pure

import type { RefusalKind, ReportState } from '../core/provider-model.ts';

/** Statuses of a message. Source: twilio npm 6.2.0, api/v2010/account/message. `partially_delivered` names parts that failed. */
export const TWILIO_STATES: Readonly<Record<string, ReportState>> = {
  accepted: 'pending',
  scheduled: 'pending',
  queued: 'pending',
  sending: 'pending',
  sent: 'pending',
  delivered: 'delivered',
  undelivered: 'failed',
  failed: 'failed',
  partially_delivered: 'failed',
  read: 'read',
  canceled: 'cancelled',
};

/** Codes of refusals at once, beside the HTTP status. 21610 (opted out) is recalled, not read in a document: unconfirmed. */
const CODES: Readonly<Record<string, readonly [RefusalKind, string]>> = {
  21610: ['suppressed', 'the recipient has opted out'],
  30006: ['recipient', 'a landline, or a carrier that cannot be reached'],
  30610: ['temporary', 'quiet hours'],
};

const STATUSES: Readonly<Record<number, readonly [RefusalKind, string]>> = {
  400: ['content', 'the request was refused'],
  401: ['account', 'wrong credentials'],
  403: ['account', 'the account may not do this'],
  404: ['account', 'there is no such account'],
  429: ['temporary', 'too many requests'],
};

/** Why Twilio refused, by its own code first and the HTTP status then. */
export const twilioRefusal = (status: number, code: string): readonly [RefusalKind, string] =>
  CODES[code] ?? STATUSES[status] ?? ['unrecognised', `HTTP ${status}`];

/** Codes of a failed delivery that mean the recipient has stopped messages. */
export const TWILIO_STOPPED: ReadonlySet<string> = new Set(['21610']);

export const TWILIO_MAX_CHARS = 1600;
/** `ValidityPeriod` in seconds. */
export const twilioValidity = (validSec: number): number =>
  Math.min(36_000, Math.max(1, Math.floor(validSec)));
