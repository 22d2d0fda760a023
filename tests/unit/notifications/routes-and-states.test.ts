import { addressOf, type Reach, routeOf } from '../../../lib/notifications/compose/recipient.ts';
import { MAX_ATTEMPTS, readinessOf, retryAt } from '../../../lib/notifications/emails/readiness.ts';
import {
  type Contact,
  isTrouble,
  type Notification,
  nextStates,
  notificationIdOf,
  notificationStates,
} from '../../../lib/notifications/model.ts';

const EMAIL = 'anna@emails.example';
const PHONE = '+79161234567';

const contact = (own: Partial<Contact> = {}): Contact => ({
  userId: 'usr_1',
  phone: PHONE,
  email: EMAIL,
  emailConfirmed: true,
  locale: 'ru',
  roles: ['client'],
  locked: false,
  version: 1,
  ...own,
});

const BOTH = { channels: ['email', 'sms'], essential: true } as const;
const EMAIL_ONLY = { channels: ['email'], essential: false } as const;
const LIGHT = { channels: ['email', 'sms'], essential: false } as const;

const email = { kind: 'email', email: EMAIL };
const sms = { kind: 'sms', phone: PHONE };
const none = (reason: string) => ({ kind: 'none', reason });
const unconfirmed = contact({ emailConfirmed: false });

const reach = (
  channel: Reach['channel'],
  entry: Reach['entry'],
  known: Contact | undefined,
  more: Partial<Reach> = {},
): Reach => ({ channel, entry, contact: known, recipient: {}, stopped: false, ...more });

const NEW = 'new@emails.example';
const noAddress = contact({ email: undefined, emailConfirmed: false });

test.each([
  ['auto, confirmed', reach('auto', BOTH, contact()), email],
  ['auto, confirmed, e-mails stopped', reach('auto', BOTH, contact(), { stopped: true }), sms],
  ['auto, unconfirmed', reach('auto', BOTH, unconfirmed), sms],
  ['auto, no address', reach('auto', BOTH, noAddress), sms],
  ['auto, unconfirmed, not essential', reach('auto', LIGHT, unconfirmed), none('no-address')],
  [
    'auto, stopped, not essential',
    reach('auto', LIGHT, contact(), { stopped: true }),
    none('address-stopped'),
  ],
  ['auto, unconfirmed, e-mails only', reach('auto', EMAIL_ONLY, unconfirmed), none('no-address')],
  ['auto, locked', reach('auto', BOTH, contact({ locked: true })), none('locked')],
  [
    'email, unconfirmed but named',
    reach('email', EMAIL_ONLY, unconfirmed, { recipient: { email: NEW } }),
    { kind: 'email', email: NEW },
  ],
  [
    'email, named and stopped',
    reach('email', EMAIL_ONLY, undefined, { recipient: { email: EMAIL }, stopped: true }),
    none('address-stopped'),
  ],
  ['email, unconfirmed: no SMS instead', reach('email', BOTH, unconfirmed), none('no-address')],
  ['sms, confirmed', reach('sms', BOTH, contact()), sms],
  ['sms, named', reach('sms', BOTH, undefined, { recipient: { phone: PHONE } }), sms],
  ['sms, where none is offered', reach('sms', EMAIL_ONLY, contact()), none('channel-not-offered')],
  ['auto, phone alone', reach('auto', BOTH, undefined, { recipient: { phone: PHONE } }), sms],
  ['sms, no phone', reach('sms', BOTH, undefined, { recipient: { email: EMAIL } }), none('no-phone')],
])('R-NOT-02 %s', (_name, given, route) => {
  expect(routeOf(given)).toEqual(route);
});

test('R-NOT-02 an unconfirmed address is used only when it is named', () => {
  expect(addressOf({ recipient: {}, contact: unconfirmed })).toBeUndefined();
  expect(addressOf({ recipient: { email: EMAIL }, contact: undefined })).toBe(EMAIL);
});

const NOW = '2026-01-05T08:00:00.000Z';
const at = (sec: number): string => new Date(Date.parse(NOW) + sec * 1000).toISOString();

const note = (own: Partial<Notification>): Notification => ({
  id: notificationIdOf('k'),
  key: 'k',
  template: 'email-confirmation',
  templateVersion: 0,
  locale: 'en',
  state: 'composed',
  attempts: 0,
  validUntil: at(3600),
  createdAt: NOW,
  updatedAt: NOW,
  version: 1,
  ...own,
});

test.each([
  ['composed, its first attempt', note({}), 1, 'ready'],
  ['composed, an attempt that is over', note({ attempts: 1 }), 1, 'nothing'],
  ['composed, the next attempt', note({ attempts: 1 }), 2, 'ready'],
  ['composed, too late', note({ validUntil: at(-1) }), 1, 'expired'],
  ['composed, at the last moment', note({ validUntil: NOW }), 1, 'ready'],
  ['in hand for 59 s', note({ state: 'sending', attempts: 1, claimedAt: at(-59) }), 1, 'in-hand'],
  ['in hand for 60 s', note({ state: 'sending', attempts: 1, claimedAt: at(-60) }), 1, 'abandoned'],
  ['in hand, another attempt', note({ state: 'sending', attempts: 2, claimedAt: at(-99) }), 1, 'nothing'],
] as const)('R-NOT-01 %s', (_name, notification, attempt, readiness) => {
  expect(readinessOf(notification, attempt, NOW)).toBe(readiness);
});

const settled = notificationStates.filter((state) => state !== 'composed' && state !== 'sending');

test.each(settled)('R-NOT-01 an e-mail that is %s is never handed off again', (state) => {
  for (const attempt of [1, 2])
    expect(readinessOf(note({ state, attempts: 1 }), attempt, NOW)).toBe('nothing');
  expect(nextStates[state]).not.toContain('sending');
  expect(nextStates[state]).not.toContain('composed');
});

test.each([
  [1, 60],
  [2, 300],
  [3, 900],
  [MAX_ATTEMPTS - 1, 900],
] as const)('R-NOT-01 after refusal %i the next attempt is %i s away', (attempts, sec) => {
  expect(retryAt(note({ attempts, validUntil: at(99_999) }), NOW)).toBe(at(sec));
});

test('R-NOT-01 no attempt comes after the last one, or after the e-mail is of use', () => {
  expect(retryAt(note({ attempts: MAX_ATTEMPTS, validUntil: at(99_999) }), NOW)).toBeUndefined();
  expect(retryAt(note({ attempts: 1, validUntil: at(59) }), NOW)).toBeUndefined();
});

test('R-NOT-01 no state can be left twice: moves make no circle but that of attempts', () => {
  const reached = (from: (typeof notificationStates)[number], seen = new Set<string>()): Set<string> => {
    for (const next of nextStates[from]) {
      if (seen.has(next)) continue;
      seen.add(next);
      reached(next, seen);
    }
    return seen;
  };
  const circling = notificationStates.filter((state) => reached(state).has(state));
  expect(circling).toEqual(['composed', 'sending']);
  expect(notificationStates.filter(isTrouble)).not.toContain('sent');
});

test('R-NOT-01 the id follows from the key', () => {
  expect(notificationIdOf('a')).toBe(notificationIdOf('a'));
  expect(notificationIdOf('a')).not.toBe(notificationIdOf('b'));
  expect(notificationIdOf('a')).toMatch(
    /^ntf_[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
});
