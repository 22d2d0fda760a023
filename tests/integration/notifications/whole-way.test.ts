import { startMailSink } from '../../../localstack/sandboxes/mail/index.ts';
import { call, drain, startAws } from '../../support/aws/index.ts';
import { signInBy, somePhone } from '../../support/identity.ts';
import { askFor, confirmation, freshAddress, mailRuntime, noteOf } from '../../support/notifications.ts';

test('R-AUTH-03 R-NOT-01 from an address set in the profile to an e-mail, by its link to a confirmed address, and the next e-mail goes there', async () => {
  const sink = await startMailSink();
  const rt = await mailRuntime(await startAws(), sink);
  const { body: session } = await signInBy(rt, somePhone());
  const as = { token: session.accessToken };
  const email = freshAddress();
  await call(rt, 'PATCH /v1/me', { ...as, body: { name: 'Анна', locale: 'ru' } });
  expect((await call(rt, 'PUT /v1/me/email', { ...as, body: { email } })).status).toBeLessThan(300);
  await drain(rt);

  const [received] = sink.emails(email);
  expect(received?.text).toContain('Здравствуйте, Анна!');
  const link = /https:\/\/\S+/.exec(received?.text ?? '')?.[0] ?? '';
  const recipient = { userId: session.user.userId };
  const before = confirmation({ template: 'staff-welcome', channel: 'auto', recipient, tokenRef: undefined });
  await askFor(rt, before);
  expect(await noteOf(rt, before)).toMatchObject({ channel: 'sms' });

  expect((await rt.fetch(link)).status).toBe(200);
  expect((await rt.fetch(link, { method: 'POST' })).status).toBe(200);
  expect((await rt.fetch(link, { method: 'POST' })).status).toBe(410);
  await drain(rt);
  expect((await call(rt, 'GET /v1/me', as)).body).toMatchObject({ emailConfirmed: true });
  const after = confirmation({ template: 'staff-welcome', channel: 'auto', recipient, tokenRef: undefined });
  await askFor(rt, after);
  expect(await noteOf(rt, after)).toMatchObject({ channel: 'email', email, state: 'sent' });
  expect(sink.emails(email)).toHaveLength(2);
  await sink.stop();
});
