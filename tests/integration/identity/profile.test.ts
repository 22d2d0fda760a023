import { emailConfirmationRequested, userChanged } from '../../../lib/identity/events.ts';
import type { DomainEvent } from '../../../lib/platform/events/event.ts';
import { deriveToken } from '../../../lib/platform/secrets/index.ts';
import { call, startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import { listenToCommits, signInBy, somePhone } from '../../support/identity.ts';
import { newUser, ofType } from '../../support/staff.ts';

let aws: TestAws;
let rt: TestRuntime;
let received: DomainEvent[];

beforeAll(async () => {
  aws = await startAws();
});
beforeEach(async () => {
  rt = await testRuntime(aws);
  received = listenToCommits(rt);
});

const HOUR = 3_600_000;

/** Somebody signed in, whose access token is always fresh. */
const somebody = async () => {
  const { user } = (await signInBy(rt, somePhone())).body;
  const ask = async (request: string, body?: object) =>
    call(rt, request, {
      token: await rt.token({ id: user.userId, roles: user.roles }),
      ...(body && { body }),
    });
  return { user, ask };
};

/** Links of the e-mails asked for so far. */
const links = (): Promise<string[]> =>
  Promise.all(
    ofType(received, emailConfirmationRequested).map(async ({ data }) => {
      const { purpose, ref } = data.tokenRef;
      return `/v1/email-confirmations/${await deriveToken(rt, purpose, ref)}`;
    }),
  );
const lastLink = async () => (await links()).at(-1);

test('R-AUTH-03 name and language are set after the first sign-in, and others receive them', async () => {
  const { user, ask } = await somebody();
  const edited = await ask('PATCH /v1/me', { name: ' Anna Orlova ', locale: 'en' });
  expect([edited.status, edited.body]).toEqual([200, { ...user, name: 'Anna Orlova', locale: 'en' }]);
  expect((await ask('GET /v1/me')).body).toEqual(edited.body);
  await ask('PATCH /v1/me', { name: 'Anna Orlova' });
  const facts = ofType(received, userChanged).map(({ aggregate, data }) => [aggregate?.version, data.name]);
  expect(facts).toEqual([
    [1, undefined],
    [2, 'Anna Orlova'],
  ]);
});

test.each([
  { name: ' ' },
  { name: 'x'.repeat(81) },
  { name: 'a\u0000b' },
  { locale: 'xx' },
  { roles: ['admin'] },
])('R-AUTH-03 %j is refused', async (body) => {
  const { ask } = await somebody();
  expect((await ask('PATCH /v1/me', body)).status).toBe(400);
});

test('R-AUTH-03 a token of another issuer has no account here', async () => {
  const { status, body } = await newUser(rt, 'client').call('GET /v1/me');
  expect([status, body.code]).toEqual([404, 'user-not-found']);
});

describe('the e-mail address', () => {
  test('R-AUTH-03 is confirmed by the button of the page that the e-mail links to, once', async () => {
    const { ask, user } = await somebody();
    await ask('PATCH /v1/me', { name: 'Anna' });
    const set = await ask('PUT /v1/me/email', { email: 'Anna@FIRM.example' });
    expect(set.body).toMatchObject({ email: 'Anna@firm.example', emailConfirmed: false });
    const [request] = ofType(received, emailConfirmationRequested);
    expect(request?.data).toMatchObject({
      userId: user.userId,
      email: 'Anna@firm.example',
      name: 'Anna',
      tokenRef: { purpose: 'email-confirmation' },
    });
    const link = await lastLink();
    for (let n = 0; n < 2; n += 1) {
      const page = await call(rt, `GET ${link}`);
      expect([page.status, page.headers['content-type'], page.headers['referrer-policy']]).toEqual([
        200,
        'text/html; charset=utf-8',
        'no-referrer',
      ]);
      expect(page.headers['cache-control']).toBe('no-store');
      expect(page.body).toContain('<form method="post">');
      expect((await ask('GET /v1/me')).body.emailConfirmed).toBe(false);
    }
    const form = { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=b' };
    const answers = await Promise.all(Array.from({ length: 5 }, () => call(rt, `POST ${link}`, form)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410, 410, 410, 410]);
    expect((await ask('GET /v1/me')).body.emailConfirmed).toBe(true);
    expect((await call(rt, `GET ${link}`)).status).toBe(410);
    const fact = ofType(received, userChanged).at(-1);
    expect(fact?.data).toMatchObject({ email: 'Anna@firm.example', emailConfirmed: true });
  });

  test('R-AUTH-03 a link is good for 24 hours', async () => {
    const { ask } = await somebody();
    await ask('PUT /v1/me/email', { email: 'a@firm.example' });
    const link = await lastLink();
    rt.clock.move(24 * HOUR - 1);
    expect((await call(rt, `GET ${link}`)).status).toBe(200);
    rt.clock.move(1);
    expect((await call(rt, `POST ${link}`)).status).toBe(410);
    expect((await ask('GET /v1/me')).body.emailConfirmed).toBe(false);
  });

  test('R-AUTH-03 another address starts over, the same one changes nothing', async () => {
    const { ask } = await somebody();
    await ask('PUT /v1/me/email', { email: 'a@firm.example' });
    const first = await lastLink();
    await ask('PUT /v1/me/email', { email: 'a@firm.example' });
    expect(await links()).toHaveLength(1);
    await call(rt, `POST ${first}`);
    expect((await ask('PUT /v1/me/email', { email: 'a@firm.example' })).body.emailConfirmed).toBe(true);
    const changed = await ask('PUT /v1/me/email', { email: 'b@firm.example' });
    expect(changed.body).toMatchObject({ email: 'b@firm.example', emailConfirmed: false });
    expect((await call(rt, `POST ${first}`)).status).toBe(410);
    await call(rt, `POST ${await lastLink()}`);
    expect((await ask('GET /v1/me')).body).toMatchObject({ email: 'b@firm.example', emailConfirmed: true });
  });

  test('R-AUTH-03 the e-mail is sent again after 60 seconds, five times a day, and never when confirmed', async () => {
    const { ask } = await somebody();
    const resend = async () => {
      const { status, body, headers } = await ask('POST /v1/me/email/resend');
      return [status, body.code, headers['retry-after']];
    };
    expect(await resend()).toEqual([409, 'email-missing', undefined]);
    await ask('PUT /v1/me/email', { email: 'a@firm.example' });
    expect(await resend()).toEqual([429, 'resend-too-early', '60']);
    for (let n = 0; n < 4; n += 1) {
      rt.clock.move(60_000);
      const answers = await Promise.all([resend(), resend(), resend()]);
      expect(answers.map(([status]) => status).sort()).toEqual([202, 429, 429]);
    }
    rt.clock.move(60_000);
    expect(await resend()).toEqual([429, 'too-many-emails', String(24 * 3600 - 300)]);
    expect(await links()).toHaveLength(5);
    // E-mails overtake each other: every link of this address is good.
    await call(rt, `POST ${(await links())[1]}`);
    rt.clock.move(24 * HOUR);
    expect(await resend()).toEqual([409, 'email-confirmed', undefined]);
  });

  test('R-AUTH-03 a changing address does not make us write to strangers without end', async () => {
    const { ask } = await somebody();
    const answers = [];
    for (let n = 0; n < 16; n += 1)
      answers.push(await ask('PUT /v1/me/email', { email: `a${n}@firm.example` }));
    expect(answers.map(({ status }) => status)).toEqual([...new Array(15).fill(200), 429]);
    expect(answers.at(-1)?.body.code).toBe('too-many-emails');
  });

  test.each([
    'no address',
    'a@b',
    'a@firm.example\r\nBcc: b@firm.example',
    `${'a'.repeat(250)}@firm.example`,
  ])('R-AUTH-03 %j is refused', async (email) => {
    const { ask } = await somebody();
    expect((await ask('PUT /v1/me/email', { email })).status).toBe(400);
  });

  test.each(['x', '%3Cscript%3E', 'A'.repeat(43), 'A'.repeat(200)])(
    'R-AUTH-03 a link with %s confirms nothing and says so',
    async (token) => {
      for (const method of ['GET', 'POST']) {
        const { status, body } = await call(rt, `${method} /v1/email-confirmations/${token}`);
        expect([status, body.includes('script')]).toEqual([410, false]);
      }
    },
  );
});
