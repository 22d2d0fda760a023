// @pure

import type { RefusalKind, ReportState } from '../core/provider-model.ts';

const span = <T>(from: number, to: number, value: T): Record<string, T> =>
  Object.fromEntries(Array.from({ length: to - from + 1 }, (_, index) => [String(from + index), value]));

/**
 * Errors of sms.ru, of the whole request and of one recipient inside an answer that is OK. Source: the official PHP library as
 * ported in svyatov/smsru_ruby. 500 says to repeat the request, so nothing was taken. 215 is named beside 209 as a stop-list.
 */
export const SMSRU_REFUSALS: Readonly<Record<string, readonly [RefusalKind, string]>> = {
  200: ['account', 'wrong api_id'],
  201: ['account', 'not enough funds'],
  202: ['recipient', 'wrong recipient, or no route to it'],
  203: ['content', 'the text is empty'],
  204: ['content', 'the sender is not approved'],
  205: ['content', 'longer than eight parts'],
  206: ['temporary', 'the daily limit is used up'],
  207: ['recipient', 'no route to this phone'],
  208: ['content', 'wrong time'],
  209: ['suppressed', 'the phone is on the stop-list'],
  ...span(210, 214, ['content', 'an error in the request'] as const),
  215: ['suppressed', 'the phone is on the stop-list'],
  220: ['temporary', 'the service is away for now'],
  230: ['recipient', 'too many messages to this phone today'],
  231: ['recipient', 'the same text to this phone within a minute'],
  232: ['recipient', 'the same text to this phone too often today'],
  233: ['recipient', 'a code was sent again'],
  ...span(300, 302, ['account', 'wrong token or password'] as const),
  500: ['temporary', 'an error there, to be repeated'],
};

export const SMSRU_ACCEPTED = '100';

export const SMSRU_STATES: Readonly<Record<string, ReportState>> = {
  '-1': 'missing',
  100: 'pending',
  101: 'pending',
  102: 'pending',
  103: 'delivered',
  104: 'expired',
  105: 'cancelled',
  106: 'failed',
  107: 'failed',
  108: 'rejected',
  110: 'read',
  150: 'failed',
};

/** `ttl` is in minutes, 1 to 1440. */
export const smsruTtl = (validSec: number): number => Math.min(1440, Math.max(1, Math.floor(validSec / 60)));
