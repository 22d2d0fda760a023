import { createLog } from '../../lib/platform/log.ts';
import { deriveCode } from '../../lib/platform/secrets/index.ts';
import { type MailSink, startMailSink } from '../../localstack/sandboxes/mail/index.ts';
import {
  type RunningCentre,
  SANDBOX_ACCOUNTS,
  startSmsCentre,
} from '../../localstack/sandboxes/sms/index.ts';
import { type CallOptions, call, drain, startAws, type TestRuntime } from '../support/aws/index.ts';
import { mailRuntime } from '../support/notifications.ts';
import { newUser, type TestUser } from '../support/staff.ts';

/**
 * A day of the product at the most talkative level of its log, with things going wrong on the way: whatever secret,
 * code, phone or address there was, no line of the log holds it.
 */
let sink: MailSink;
let centre: RunningCentre;
let rt: TestRuntime;
const lines: string[] = [];
/** What no line may hold → what it is. */
const secrets = new Map<string, string>();

const keep = (what: string, ...values: readonly unknown[]): void => {
  for (const value of values) {
    // What is shorter stands in any log by chance.
    if (typeof value !== 'string' || value.length < 6) throw new Error(`there is no ${what} to look for`);
    secrets.set(value, what);
  }
};

beforeAll(async () => {
  const [aws, mail, sms] = await Promise.all([startAws(), startMailSink(), startSmsCentre()]);
  [sink, centre] = [mail, sms];
  const quiet = await mailRuntime(aws, mail);
  const log = createLog(
    { LOG_LEVEL: 'DEBUG' },
    { write: (line) => lines.push(line), nowMs: () => quiet.clock.nowMs() },
  );
  rt = { ...quiet, log };
  keep('master secret', rt.env.MASTER_SECRET);
});
afterAll(() => Promise.all([sink.stop(), centre.stop()]));

const ok = async (request: string, options: CallOptions = {}) => {
  const { status, body } = await call(rt, request, options);
  if (status >= 300) throw new Error(`${request}: ${status} ${JSON.stringify(body)}`);
  return body;
};

const PHONE = '+79161234567';
const STAFF_PHONE = '+79267654321';

const addProviders = async (admin: TestUser): Promise<void> => {
  const { smsc, smsru, twilio } = SANDBOX_ACCOUNTS;
  const providers = [
    { kind: 'smsc', account: smsc.login, secrets: { password: smsc.password } },
    { kind: 'smsru', secrets: { apiId: smsru.apiId } },
    {
      kind: 'twilio',
      account: twilio.accountSid,
      secrets: { authToken: twilio.authToken },
      sender: '+12025550142',
    },
  ] as const;
  keep('provider’s secret', smsc.password, smsru.apiId, twilio.authToken);
  for (const [index, provider] of providers.entries()) {
    const body = { name: provider.kind, priority: index, baseUrl: centre.api(provider.kind), ...provider };
    const made = await admin.call('POST /v1/sms-providers', { key: rt.ids.next('key'), body });
    expect(made.status).toBe(201);
    keep('secret of a callback’s address', new URL(made.body.callbackUrl).pathname.split('/').at(-1));
  }
};

const signIn = async (phone: string) => {
  keep('phone', phone, phone.slice(1));
  const { challengeId } = await ok('POST /v1/sign-in/challenges', { body: { phone } });
  await drain(rt, { allowFailures: true });
  const code = await deriveCode(rt, challengeId);
  keep('sign-in code', code);
  const wrong = code === '000000' ? '000001' : '000000';
  expect((await call(rt, 'POST /v1/sign-in', { body: { challengeId, code: wrong } })).status).toBe(401);
  const session = await ok('POST /v1/sign-in', { body: { challengeId, code } });
  keep('access token', session.accessToken, session.accessToken.split('.')[2]);
  keep('refresh token', session.refreshToken, session.refreshToken.slice(-43));
  return session;
};

const confirmAddress = async (token: string): Promise<void> => {
  await ok('PATCH /v1/me', { token, body: { name: 'CANARY-NAME' } });
  await ok('PUT /v1/me/email', { token, body: { email: 'canary@emails.example' } });
  keep('address', 'canary@emails.example');
  keep('name', 'CANARY-NAME');
  await drain(rt);
  const [email] = sink.emails('canary@emails.example');
  const [, link] = /\/v1\/email-confirmations\/([\w-]+)/.exec(email?.text ?? '') ?? [];
  keep('token of an e-mail', link);
  await ok(`GET /v1/email-confirmations/${link}`);
  await ok(`POST /v1/email-confirmations/${link}`, { body: {} });
};

/** As browsers do; a page of another site tries as well. */
const refreshByCookie = async (token: string): Promise<void> => {
  const cookies = [`__Host-refresh=${token}`];
  const headers = { 'x-session': 'cookie', origin: 'https://api.invalid' };
  const { cookies: set } = await call(rt, 'POST /v1/sign-in/refresh', { cookies, headers, body: {} });
  keep('cookie', /=([^;]+)/.exec(set?.[0] ?? '')?.[1]);
  const foreign = { ...headers, origin: 'https://evil.example' };
  expect((await call(rt, 'POST /v1/sign-out', { cookies, headers: foreign, body: {} })).status).toBe(403);
};

test('R-AUTH-01 R-SMS-04 no secret, code, phone, address or text reaches the log', async () => {
  const admin = newUser(rt, 'admin');
  await addProviders(admin);
  // One refuses, one loses its answer, one is not understood: errors tell of requests.
  centre.centre.control('smsc', { refuse: { code: '6', times: 2 } });
  centre.centre.control('smsru', { lose: { when: 'after', times: 1 } });
  const session = await signIn(PHONE);
  await confirmAddress(session.accessToken);
  const renewed = await ok('POST /v1/sign-in/refresh', { body: { refreshToken: session.refreshToken } });
  keep('refresh token', renewed.refreshToken);
  await call(rt, 'POST /v1/sign-in/refresh', { body: { refreshToken: `${renewed.refreshToken}x` } });
  await call(rt, 'POST /v1/sign-in/challenges', { body: { phone: `${PHONE}0` } });

  await refreshByCookie(renewed.refreshToken);
  const employed = { phone: STAFF_PHONE, name: 'CANARY-STAFF', roles: ['executor'] };
  keep('phone', STAFF_PHONE, STAFF_PHONE.slice(1));
  expect((await admin.call('POST /v1/users', { key: 'u1', body: employed })).status).toBe(201);
  await admin.call(`GET /v1/users?phone=${encodeURIComponent(STAFF_PHONE)}`);

  const machine = {
    name: 'Shop',
    scopes: ['sms:send', 'sms:read'],
    entityIds: ['own'],
    categories: ['transactional'],
  };
  const { body: key } = await admin.call('POST /v1/api-keys', { key: 'a1', body: machine });
  keep('machine’s key', key.key, key.key.slice(-43));
  await call(rt, 'GET /v1/me', { token: `${key.key}x` });

  const sms = { entityId: 'own', category: 'transactional', phone: PHONE, text: 'CANARY-TEXT' };
  keep('text', 'CANARY-TEXT');
  for (const n of [1, 2]) await ok('POST /v1/sms', { token: key.key, key: `s${n}`, body: sms });
  await drain(rt, { advanceMs: 3_600_000, allowFailures: true });
  const arrived = centre.centre.inbox(PHONE).map(({ text }) => text);
  expect(arrived.filter((text) => text === 'CANARY-TEXT')).toHaveLength(2);
  expect(arrived.length).toBeGreaterThan(2);

  const log = lines.join('\n');
  expect(lines.length).toBeGreaterThan(30);
  const found = [...secrets].flatMap(([value, what]) =>
    holds(log, value) ? [`${what}: ${lines.find((line) => holds(line, value))}`] : [],
  );
  expect(found).toEqual([]);
});

/** Six digits may be a part of any id; a code stands alone. */
const holds = (text: string, value: string): boolean =>
  /^\d{6}$/.test(value) ? new RegExp(`(?<![\\w.])${value}(?![\\w.])`).test(text) : text.includes(value);
