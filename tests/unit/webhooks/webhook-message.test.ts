import type { Webhook } from '../../../lib/webhooks/model.ts';
import {
  eventIdOf,
  isSignedBy,
  mayReceive,
  RETRY_AFTER_SEC,
  retryAfterSec,
  signatureOf,
  wants,
} from '../../../lib/webhooks/webhook-message.ts';

const change = {
  smsId: 'sms_1',
  entityId: 'own',
  key: 'k',
  requestedBy: 'usr_1',
  state: 'delivered',
  at: '2026-03-02T08:00:00.000Z',
  version: 3,
} as const;

const webhook: Webhook = {
  id: 'whk_1',
  url: 'https://crm.example',
  createdAt: '',
  createdBy: '',
  givenUp: 0,
};

test('R-SMS-01 the signature is the HMAC-SHA256 of timestamp, dot and body', () => {
  // openssl: printf '1772438400.{"a":1}' | openssl dgst -sha256 -hmac whsec_test
  const signature = signatureOf('whsec_test', '1772438400', '{"a":1}');
  expect(signature).toBe('v1=c737f27285d7ea19e8a7d8e1914486a20bee96c2e347edf54a62599c3a0e9bb9');
  expect(isSignedBy('whsec_test', '1772438400', '{"a":1}', signature)).toBe(true);
  expect(isSignedBy('whsec_other', '1772438400', '{"a":1}', signature)).toBe(false);
  expect(isSignedBy('whsec_test', '177243840', '0.{"a":1}', signature)).toBe(false);
  expect(isSignedBy('whsec_test', '1772438400', '{"a":1}', '')).toBe(false);
});

test('R-SMS-01 the event id is the same in every try and another for every change', () => {
  expect(eventIdOf(change)).toBe(eventIdOf({ ...change }));
  expect(eventIdOf(change)).not.toBe(eventIdOf({ ...change, version: 4 }));
});

test('R-SMS-01 pauses grow, and all of them stay within 24 hours', () => {
  const pauses = [...RETRY_AFTER_SEC];
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
  const totalSec = pauses.reduce((sum, pause) => sum + pause, 0);
  expect(totalSec).toBeLessThan(24 * 3600);
  expect(totalSec).toBeGreaterThan(23 * 3600);
  expect(retryAfterSec(1)).toBe(10);
  expect(retryAfterSec(pauses.length)).toBe(pauses.at(-1));
  expect(retryAfterSec(pauses.length + 1)).toBeUndefined();
});

test.each([
  [{}, true],
  [{ entityId: 'own' }, true],
  [{ entityId: 'ent_1' }, false],
  [{ states: ['delivered', 'failed'] }, true],
  [{ states: ['failed'] }, false],
  [{ entityId: 'own', states: ['failed'] }, false],
] as const)('R-SMS-01 a webhook with %j wants it: %s', (more, wanted) => {
  expect(wants({ ...webhook, ...more }, change)).toBe(wanted);
});

test('R-AUTH-05 R-SMS-10 a message from a phone is told to keys of the entity it answers, to no other key and no person', () => {
  const inbound = {
    inboundId: 'inb_1',
    providerId: 'prv_1',
    wish: 'none',
    at: '2026-03-02T08:00:00.000Z',
  } as const;
  const key = { of: 'key', entityIds: ['ent_1', 'ent_2'] } as const;
  expect(mayReceive(key, { ...inbound, entityId: 'ent_2' })).toBe(true);
  expect(mayReceive(key, { ...inbound, entityId: 'ent_3' })).toBe(false);
  expect(mayReceive(key, inbound)).toBe(false);
  expect(mayReceive({ of: 'user' }, { ...inbound, entityId: 'ent_2' })).toBe(false);
});

test('R-SMS-01 a key is told nothing of sign-in codes, as it reads none; a person is', () => {
  const key = { of: 'key', entityIds: ['own'] } as const;
  expect(mayReceive(key, { ...change, category: 'transactional' })).toBe(true);
  expect(mayReceive(key, { ...change, category: 'otp' })).toBe(false);
  expect(mayReceive({ of: 'user' }, { ...change, category: 'otp' })).toBe(true);
});
