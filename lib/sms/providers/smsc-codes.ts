// @pure

import type { RefusalKind, ReportState } from '../core/provider-model.ts';

/**
 * Errors of SMSC.ru's send.php. Source: smsc.ru/api/http, smscentre.com/api/http.
 * 9 means a duplicate within a minute as well as for too many connections: neither was taken.
 */
export const SMSC_REFUSALS: Readonly<Record<string, readonly [RefusalKind, string]>> = {
  1: ['content', 'an error in the parameters'],
  2: ['account', 'wrong login or password, or an address that is not allowed'],
  3: ['account', 'not enough funds'],
  4: ['temporary', 'the address is blocked for a while after many errors'],
  5: ['content', 'wrong date format'],
  6: ['content', 'the message is forbidden (text or sender)'],
  7: ['recipient', 'wrong format of the phone'],
  8: ['recipient', 'cannot be delivered to this phone'],
  9: ['temporary', 'the same request again within a minute, or too many at once'],
};

/**
 * Statuses of status.php and of callbacks. -2 is documented as "stopped" without a word on whether it may go on: taken as not
 * final, so that a later report is received; the 72 h end settles it otherwise. Unconfirmed.
 */
export const SMSC_STATES: Readonly<Record<string, ReportState>> = {
  '-3': 'missing',
  '-2': 'pending',
  '-1': 'pending',
  0: 'pending',
  1: 'delivered',
  2: 'read',
  3: 'expired',
  4: 'read', // the link in it was followed
  20: 'failed',
  22: 'rejected',
  23: 'rejected',
  24: 'rejected',
  25: 'failed',
};

/** `err` of a status. 219: the SIM was replaced, senders with a name are blocked for 24 h. */
export const SMSC_ERRORS: Readonly<Record<string, string>> = {
  0: 'none',
  1: 'no such subscriber',
  6: 'offline',
  11: 'service off',
  12: 'fault of the handset',
  13: 'blocked',
  21: 'not supported',
  200: 'virtual send',
  219: 'SIM replaced',
  220: "the operator's queue is full",
};

/** Characters of a text that send.php takes. */
export const SMSC_MAX_CHARS = 1000;
/** `valid` is hours and minutes, from 00:01; a day at most is sent. The upper bound is not confirmed. */
const [MIN_VALID_MIN, MAX_VALID_MIN] = [1, 24 * 60];

/** Seconds as SMSC wants them: `01:00`. Never longer than requested, but for the first minute. */
export const smscValid = (validSec: number): string => {
  const minutes = Math.min(MAX_VALID_MIN, Math.max(MIN_VALID_MIN, Math.floor(validSec / 60)));
  return [Math.floor(minutes / 60), minutes % 60].map((each) => String(each).padStart(2, '0')).join(':');
};

/** SMSC takes ids of ours from 1 to 2147483647. */
const MAX_ID = 2_147_483_647;

/** 31 bits of a hash (given as hex, at least 12 digits) as an id that SMSC takes. */
export const smscIdOf = (hashHex: string): string =>
  String((Number.parseInt(hashHex.slice(0, 12), 16) % MAX_ID) + 1);
