import { createHash } from 'node:crypto';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { notificationRequested } from '../../../lib/notifications/internal-events.ts';
import { tokenPlaceholder } from '../../../lib/notifications/model.ts';
import { deriveToken } from '../../../lib/platform/secrets/index.ts';
import { type Email, type MailSink, startMailSink } from '../../../localstack/sandboxes/mail/index.ts';
import { call, drain, startAws, type TestAws, type TestRuntime } from '../../support/aws/index.ts';
import {
  askFor,
  confirmation,
  freshAddress,
  mailRuntime,
  noteOf,
  publish,
  watchQueues,
} from '../../support/notifications.ts';

let aws: TestAws;
let sink: MailSink;
let rt: TestRuntime;

beforeAll(async () => {
  [aws, sink] = await Promise.all([startAws(), startMailSink()]);
});
beforeEach(async () => {
  rt = await mailRuntime(aws, sink);
});
afterAll(() => sink.stop());

const onlyEmail = (to: string): Email => {
  const emails = sink.emails(to);
  expect(emails).toHaveLength(1);
  return emails[0]!;
};

test.each([
  ['ru', 'Подтвердите адрес электронной почты', 'Здравствуйте, Анна Орлова!', 'Подтвердить адрес'],
  ['en', 'Confirm your e-mail address', 'Hello, Анна Орлова!', 'Confirm the address'],
] as const)(
  'R-NOT-01 the e-mail arrives over SMTP in %s, as text and as HTML, with its link',
  async (...words) => {
    const [locale, subject, greeting, button] = words;
    const to = freshAddress();
    const request = confirmation({ locale, recipient: { email: to }, data: { name: 'Анна Орлова' } });
    await askFor(rt, request);

    const email = onlyEmail(to);
    const { purpose, ref } = request.tokenRef!;
    const link = `https://api.invalid/v1/email-confirmations/${await deriveToken(rt, purpose, ref)}`;
    expect(email).toMatchObject({ subject, envelope: { from: 'no-reply@rotadesk.example', to: [to] } });
    expect(email.text).toContain(greeting);
    expect(email.text).toContain(link);
    expect(email.html).toContain(`<html lang="${locale}">`);
    expect(email.html).toContain(greeting);
    expect(email.html).toContain(`href="${link}">${button}</a>`);
    expect(email.raw).toContain('multipart/alternative');
    expect(email.headers).toMatchObject({ 'auto-submitted': 'auto-generated', 'content-language': locale });
  },
);

test.each([
  'Visit https://evil.example',
  'evil.example/win',
  'www.evil.example',
  'Ring evil.example now',
  'a@evil.example',
])('R-NOT-02 a name kept as %j, of which a mail program makes a link, stands in no e-mail', async (name) => {
  const to = freshAddress();
  await askFor(rt, confirmation({ locale: 'en', recipient: { email: to }, data: { name } }));
  const { raw, text, html, subject } = onlyEmail(to);
  for (const part of [raw, text, html, subject]) expect(part).not.toContain('evil');
  expect(text).toContain('Hello!');
  expect(html).toContain('Hello!');
});

test('R-NOT-01 the token stands nowhere but in the e-mail itself: stored file, item and queues hold a placeholder', async () => {
  const queues = watchQueues(rt);
  const request = confirmation();
  await askFor(rt, request);

  const note = await noteOf(rt, request);
  const object = await rt.s3.send(
    new GetObjectCommand({ Bucket: rt.env.BUCKET_EMAILS, Key: note.file!.key }),
  );
  const stored = await object.Body!.transformToString();
  const token = await deriveToken(rt, request.tokenRef!.purpose, request.tokenRef!.ref);
  expect(onlyEmail(note.email!).text).toContain(token);
  expect(stored).toContain(tokenPlaceholder(note.id));
  expect(createHash('sha256').update(stored).digest('hex')).toBe(note.file!.sha256);
  for (const kept of [stored, JSON.stringify(note), ...queues.all()]) expect(kept).not.toContain(token);
  expect(queues.bodies('emails')).toHaveLength(1);
});

test('R-NOT-01 the same key, asked for many times and in parallel, is one e-mail', async () => {
  const request = confirmation();
  await Promise.all(Array.from({ length: 5 }, () => publish(rt, notificationRequested.draft(request))));
  await drain(rt);
  await askFor(rt, { ...request, data: { name: 'Somebody else' } });
  expect(onlyEmail(request.recipient.email!).text).toContain('Anna Orlova');
});

test('R-NOT-01 the e-mail says who it is by one Message-ID that follows from the notification', async () => {
  const request = confirmation();
  await askFor(rt, request);
  const { id, email } = await noteOf(rt, request);
  expect(onlyEmail(email!).messageId).toBe(`<${id}@rotadesk.example>`);
});

describe('what people call themselves', () => {
  test('R-NOT-01 is escaped in HTML', async () => {
    const request = confirmation({ data: { name: '<img src=x onerror="alert(1)"> & co' } });
    await askFor(rt, request);
    const { html, text } = onlyEmail(request.recipient.email!);
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=&#34;alert(1)&#34;&gt; &amp; co');
    expect(text).toContain('<img src=x');
  });

  test('R-NOT-01 adds no header and no recipient, in a name or in a subject', async () => {
    const manager = { id: 'usr_m', roles: ['manager' as const] };
    const token = await rt.token(manager);
    const shown = await call(rt, 'GET /v1/notification-templates/staff-welcome?locale=en', { token });
    const { text, html, sms } = shown.body;
    const edited = await call(rt, 'POST /v1/notification-templates/staff-welcome/versions', {
      token,
      key: 'subject-with-name',
      ifMatch: shown.headers.etag,
      body: { locale: 'en', subject: 'Welcome, {{ name | default: "you" }}', text, html, sms },
    });
    expect(edited.status).toBe(201);
    const to = freshAddress();
    const name = 'Eve\r\nBcc: eve\r\n\r\n<b>Body</b>\u2028X-Evil: 1';
    await askFor(rt, confirmation({ template: 'staff-welcome', recipient: { email: to }, data: { name } }));

    const email = onlyEmail(to);
    expect(email.subject).toBe('Welcome, Eve Bcc: eve <b>Body</b> X-Evil: 1');
    expect(email.envelope.to).toEqual([to]);
    expect(Object.keys(email.headers)).not.toEqual(expect.arrayContaining(['bcc']));
    expect(Object.keys(email.headers)).not.toEqual(expect.arrayContaining(['x-evil']));
    expect(email.text).toContain('Hello, Eve Bcc: eve <b>');
  });

  test.each([
    'a@b.example\r\nRCPT TO:<eve@evil.example>',
    'a@b.example, eve@evil.example',
    'Eve <eve@evil.example>',
    '"a\r\nb"@b.example',
  ])('R-NOT-01 an address that is more than an address is refused: %j', async (email) => {
    const queues = watchQueues(rt);
    await askFor(rt, confirmation({ recipient: { email } }));
    expect(queues.bodies('rejected')).toHaveLength(1);
    expect(queues.bodies('emails')).toEqual([]);
  });
});

test('R-NOT-01 data that does not fit its template goes to the rejected queue, with the field and without its value', async () => {
  const queues = watchQueues(rt);
  const request = confirmation({ template: 'reply-waiting', data: { count: 'CANARY' } });
  await askFor(rt, request);
  const [rejected] = queues.bodies('rejected') as unknown as { reason: { code: string; message: string } }[];
  expect(rejected?.reason).toEqual({
    code: 'template-data',
    message: expect.stringContaining('count (invalid_type)'),
  });
  expect(rejected?.reason.message).not.toContain('CANARY');
});
