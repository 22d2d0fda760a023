import type { Email, EmailSent, User } from '../../../lib/identity/model.ts';
import {
  decideConfirmation,
  decideSend,
  type EmailProof,
  withAddress,
  withSent,
} from '../../../lib/identity/profile/email-proof.ts';
import { plusSeconds } from '../../../lib/platform/clock.ts';

const NOW = '2026-01-05T08:00:00.000Z';
const sent = (secondsAgo: number, epoch = 1): EmailSent => ({ at: plusSeconds(NOW, -secondsAgo), epoch });
const some = (count: number, epoch: (n: number) => number, oldest = 80_000): EmailSent[] =>
  Array.from({ length: count }, (_, n) => sent(oldest - n * 1000, epoch(n)));

test.each<[string, EmailSent[], object]>([
  ['the first goes out', [], { kind: 'send' }],
  ['59 s after the last', [sent(59)], { kind: 'too-early', retryAt: plusSeconds(NOW, 1) }],
  ['60 s after the last', [sent(60)], { kind: 'send' }],
  ['at once after an e-mail to another address', [sent(1, 0)], { kind: 'send' }],
  ['the fifth of a day', some(4, () => 1), { kind: 'send' }],
  ['a sixth of a day', some(5, () => 1), { kind: 'too-many', retryAt: plusSeconds(NOW, 6400) }],
  ['a sixth when the first is a day old', some(5, () => 1, 86_400), { kind: 'send' }],
  ['a 15th to ever other addresses', some(14, (n) => 10 + n), { kind: 'send' }],
  [
    'a 16th to ever other addresses',
    some(15, (n) => 10 + n),
    { kind: 'too-many', retryAt: plusSeconds(NOW, 6400) },
  ],
])('R-AUTH-03 e-mails: %s', (_, sent, expected) => {
  expect(decideSend(sent, 1, NOW)).toEqual(expected);
});

test('R-AUTH-03 e-mails older than a day are forgotten', () => {
  expect(withSent([sent(86_400), sent(86_399)], 2, NOW)).toEqual([sent(86_399), { at: NOW, epoch: 2 }]);
});

test('R-AUTH-03 another address starts over, the same one stays confirmed', () => {
  const confirmed: Email = { address: 'a@firm.example', epoch: 4, confirmedAt: NOW };
  expect(withAddress(undefined, 'a@firm.example')).toEqual({ address: 'a@firm.example', epoch: 1 });
  expect(withAddress(confirmed, 'a@firm.example')).toBe(confirmed);
  expect(withAddress(confirmed, 'b@firm.example')).toEqual({ address: 'b@firm.example', epoch: 5 });
});

const proof: EmailProof = { hash: 'a', userId: 'usr_1', epoch: 2, expiresAt: plusSeconds(NOW, 1) };
const withEmail = (email: Email | undefined) => ({ ...(email && { email }) }) as User;
const pending: Email = { address: 'a@firm.example', epoch: 2 };

test.each<[string, EmailProof | undefined, User | undefined, string]>([
  ['the link of the present address', proof, withEmail(pending), 'confirm'],
  ['an unknown link', undefined, withEmail(pending), 'link-spent'],
  ['a link of nobody', proof, undefined, 'link-spent'],
  ['an expired link', { ...proof, expiresAt: NOW }, withEmail(pending), 'link-spent'],
  ['a link used before', proof, withEmail({ ...pending, confirmedAt: NOW }), 'link-spent'],
  ['a link of an earlier address', proof, withEmail({ ...pending, epoch: 3 }), 'link-spent'],
  ['a link without an address', proof, withEmail(undefined), 'link-spent'],
])('R-AUTH-03 %s → %3$s', (_, given, user, expected) => {
  expect(decideConfirmation(given, user, NOW)).toBe(expected);
});
