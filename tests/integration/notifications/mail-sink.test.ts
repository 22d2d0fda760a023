import { smtpTransport } from '../../../lib/notifications/adapters/smtp.ts';
import { type MailSink, startMailSink } from '../../../localstack/sandboxes/mail/index.ts';

let sink: MailSink;
beforeEach(async () => {
  sink = await startMailSink();
});
afterEach(() => sink.stop());

const send = (to: string, html = '<p>Привет</p>') =>
  smtpTransport(sink.smtpUrl).send({
    notificationId: 'ntf_1',
    from: 'desk@rotadesk.example',
    to,
    mime: Buffer.from(
      `From: desk@rotadesk.example\r\nTo: ${to}\r\nSubject: <b>Hi</b>\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}`,
    ),
  });

const control = (method: string, body?: object) =>
  fetch(`${sink.url}/_control`, { method, ...(body && { body: JSON.stringify(body) }) });

test('R-NOT-01 the inbox shows what came in, as pages and as JSON, and nothing in an e-mail becomes part of a page', async () => {
  await send('anna@emails.example', '<script>alert(1)</script>"><p>Привет</p>');
  await send('boris@emails.example');
  const inbox = await (await fetch(sink.url)).text();
  expect(inbox).toContain('anna@emails.example');
  expect(inbox).toContain('&lt;b&gt;Hi&lt;/b&gt;');
  const page = await (await fetch(`${sink.url}/email/1`)).text();
  expect(page).not.toContain('<script>');
  expect(page).toContain('sandbox="allow-popups');
  const list = await (await fetch(`${sink.url}/emails.json?to=boris@emails.example`)).json();
  expect(list).toEqual([expect.objectContaining({ id: '2', subject: '<b>Hi</b>' })]);
  const one = await (await fetch(`${sink.url}/email/2.json`)).json();
  expect(one).toMatchObject({
    html: expect.stringContaining('<p>Привет</p>'),
    envelope: { to: ['boris@emails.example'] },
  });
  expect((await fetch(`${sink.url}/email/3`)).status).toBe(404);
});

test('R-NOT-01 it refuses on request over HTTP, for as often and for whom it is told', async () => {
  expect((await control('POST', { kind: 'greylist', recipient: 'anna', times: 1 })).status).toBe(200);
  expect((await send('boris@emails.example')).kind).toBe('accepted');
  expect((await send('anna@emails.example')).kind).toBe('temporary');
  expect((await send('anna@emails.example')).kind).toBe('accepted');
  await control('POST', { kind: 'refuse' });
  expect((await send('anna@emails.example')).kind).toBe('permanent');
  await control('DELETE');
  expect((await send('anna@emails.example')).kind).toBe('accepted');
  expect((await control('POST', { kind: 'explode' })).status).toBe(400);
});
