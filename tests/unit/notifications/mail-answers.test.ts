import { bareAddress, messageIdOf, mimeOf } from '../../../lib/notifications/adapters/mime.ts';
import { withoutAddresses } from '../../../lib/notifications/adapters/port.ts';
import { classifySes } from '../../../lib/notifications/adapters/ses.ts';
import { classifySmtp } from '../../../lib/notifications/adapters/smtp.ts';

const lost = { code: 'ECONNECTION', command: 'CONN' };

test.each([
  [
    '451 to the recipient',
    { responseCode: 451, command: 'RCPT TO', response: '451 later' },
    false,
    'temporary',
  ],
  ['550 to the recipient', { responseCode: 550, command: 'RCPT TO', response: '550 no' }, false, 'permanent'],
  ['553 to the sender', { responseCode: 553, command: 'MAIL FROM', response: '553 no' }, false, 'permanent'],
  ['452 to the e-mail', { responseCode: 452, command: 'DATA', response: '452 full' }, true, 'temporary'],
  ['554 to the e-mail', { responseCode: 554, command: 'DATA', response: '554 spam' }, true, 'permanent'],
  [
    '421 instead of an answer',
    { responseCode: 421, command: 'DATA', response: '421 bye' },
    true,
    'temporary',
  ],
  // Of ourselves, not of the e-mail: somebody mends it, and the e-mail still goes.
  ['554 as a greeting', { responseCode: 554, command: 'CONN', response: '554 blocked' }, false, 'temporary'],
  [
    '535 to our password',
    { responseCode: 535, command: 'AUTH PLAIN', response: '535 no' },
    false,
    'temporary',
  ],
  ['no connection', { code: 'ESOCKET', command: 'CONN' }, false, 'temporary'],
  ['broken within the e-mail', lost, false, 'temporary'],
  ['broken after the e-mail', lost, true, 'lost'],
  ['silence after the e-mail', { code: 'ETIMEDOUT', command: 'DATA' }, true, 'lost'],
] as const)('R-NOT-01 SMTP: %s', (_name, failure, wholeEmailSent, kind) => {
  expect(classifySmtp(failure, wholeEmailSent).kind).toBe(kind);
});

const ses = (name: string, httpStatusCode?: number, rest: object = {}) => ({
  name,
  message: 'm',
  $metadata: { httpStatusCode },
  ...rest,
});

test.each([
  [ses('MessageRejected', 400), 'permanent'],
  [ses('BadRequestException', 400), 'permanent'],
  [ses('TooManyRequestsException', 429), 'temporary'],
  [ses('LimitExceededException', 400), 'temporary'],
  [ses('SendingPausedException', 400), 'temporary'],
  [ses('AccountSuspendedException', 400), 'temporary'],
  [ses('MailFromDomainNotVerifiedException', 400), 'temporary'],
  [ses('InternalFailure', 500), 'lost'],
  [ses('TimeoutError'), 'lost'],
  [ses('Error', undefined, { code: 'ECONNRESET' }), 'lost'],
  [ses('Error', undefined, { code: 'ECONNREFUSED' }), 'temporary'],
] as const)('R-NOT-01 SES: %o', (failure, kind) => {
  expect(classifySes(failure).kind).toBe(kind);
});

test.each([
  ['550 5.1.1 <anna@b.example>: unknown', '550 5.1.1 <***>: unknown'],
  ['553 mailto:anna@b.example, also "x@y.z"', '553 mailto:***, also "***"'],
  ['250\r\n OK', '250 OK'],
  ['x'.repeat(400), 'x'.repeat(300)],
])('R-NOT-01 what a server says is kept without addresses: %j', (said, kept) => {
  expect(withoutAddresses(said)).toBe(kept);
});

test('R-NOT-01 a header is one line, whatever is put into it', async () => {
  const email = { subject: 'a\r\nBcc: eve@evil.example', text: 't', html: '<p>h</p>' };
  const envelope = {
    notificationId: 'ntf_1',
    from: 'Desk <desk@firm.example>',
    to: 'anna@b.example',
    locale: 'en',
  } as const;
  const mime = (await mimeOf(email, { ...envelope, at: '2026-01-05T08:00:00.000Z' })).toString('utf8');
  const head = mime.slice(0, mime.indexOf('\r\n\r\n'));
  expect(head).not.toMatch(/^Bcc:/im);
  expect(head).toContain('To: anna@b.example');
  expect(head).toContain('Date: Mon, 05 Jan 2026 08:00:00 +0000');
});

test('R-NOT-01 the Message-ID is of the sender’s domain', () => {
  expect(bareAddress('Desk <desk@firm.example>')).toBe('desk@firm.example');
  expect(bareAddress('desk@firm.example')).toBe('desk@firm.example');
  expect(messageIdOf({ notificationId: 'ntf_1', from: 'Desk <desk@firm.example>' })).toBe(
    '<ntf_1@firm.example>',
  );
});
