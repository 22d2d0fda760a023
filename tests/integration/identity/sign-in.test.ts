import { userChanged } from '../../../lib/identity/events.ts';
import { codeRequested } from '../../../lib/sms/events.ts';
import { call, startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
import {
  askForCode,
  changeSettings,
  codeOf,
  listenToCommits,
  signInBy,
  somePhone,
  tryCode,
  wrongCode,
} from '../../support/identity.ts';
import { ofType } from '../../support/staff.ts';

let aws: TestAws;
let rt: TestRuntime;

beforeAll(async () => {
  aws = await startAws();
});
beforeEach(async () => {
  rt = await testRuntime(aws);
  await changeSettings(rt, { limits: { codesPerAddressHour: 1000 } });
});

const ADDRESS = '192.0.2.77';
const start = async (phone = somePhone()) => {
  const { status, body, headers } = await askForCode(rt, phone, ADDRESS);
  return { phone, status, body, headers, challengeId: body.challengeId as string };
};

describe('asking for a code', () => {
  test('R-AUTH-01 a phone in any notation gets a challenge, and the SMS module is asked to send its code', async () => {
    const received = listenToCommits(rt);
    const phone = somePhone();
    const national = `8 (${phone.slice(2, 5)}) ${phone.slice(5, 8)}-${phone.slice(8, 10)}-${phone.slice(10)}`;
    const { status, body } = await start(national);
    expect([status, body]).toEqual([
      202,
      {
        challengeId: expect.stringMatching(/^chl_/),
        expiresAt: new Date(rt.clock.nowMs() + 300_000).toISOString(),
        resendAt: new Date(rt.clock.nowMs() + 60_000).toISOString(),
      },
    ]);
    const [asked, ...others] = ofType(received, codeRequested);
    expect(others).toEqual([]);
    expect(asked?.data).toMatchObject({
      entityId: 'own',
      category: 'otp',
      phone,
      challengeId: body.challengeId,
      validUntil: body.expiresAt,
      text: expect.stringContaining('{code}'),
    });
  });

  test.each([
    ['a landline', '8 (495) 123-45-67', 422, 'phone-not-mobile'],
    ['a short code', '900', 422, 'phone-invalid'],
    ['no number of any country', '+999 12345678', 422, 'phone-invalid'],
    ['emoji', '📱📱📱📱', 422, 'phone-invalid'],
    ['words', 'my phone', 422, 'phone-invalid'],
  ])('R-AUTH-01 %s is refused and says so', async (_, phone, status, code) => {
    const answer = await askForCode(rt, phone);
    expect([answer.status, answer.body.code, answer.body.errors[0].path]).toEqual([
      status,
      code,
      'body.phone',
    ]);
  });

  test('R-AUTH-01 a resend keeps code, expiry and attempts, and waits grow', async () => {
    const received = listenToCommits(rt);
    const { phone, body, challengeId } = await start();
    await tryCode(rt, challengeId, await wrongCode(rt, challengeId));
    const early = await askForCode(rt, phone, ADDRESS);
    expect([early.status, early.body.code, early.headers['retry-after']]).toEqual([
      429,
      'resend-too-early',
      '60',
    ]);
    expect(JSON.stringify(early)).not.toContain(challengeId);
    rt.clock.move(60_000);
    const again = await askForCode(rt, phone, ADDRESS);
    expect([again.status, again.body]).toEqual([
      202,
      {
        challengeId,
        expiresAt: body.expiresAt,
        resendAt: new Date(rt.clock.nowMs() + 120_000).toISOString(),
      },
    ]);
    const sent = ofType(received, codeRequested).map(({ data }) => data);
    expect(sent.map((data) => data.challengeId)).toEqual([challengeId, challengeId]);
    expect(new Set(sent.map(({ key }) => key)).size).toBe(2);
    const wrong = await tryCode(rt, challengeId, await wrongCode(rt, challengeId));
    expect([wrong.body.code, wrong.body.attemptsLeft]).toEqual(['code-wrong', 3]);
  });
});

describe('the code', () => {
  test('R-AUTH-02 registers somebody new and flags the tokens, and knows them the next time', async () => {
    const received = listenToCommits(rt);
    const phone = somePhone();
    const first = await signInBy(rt, phone);
    expect([first.status, first.body]).toMatchObject([
      200,
      { newClient: true, user: { phone, roles: ['client'], name: null, email: null, emailConfirmed: false } },
    ]);
    const second = await signInBy(rt, phone);
    expect([second.body.newClient, second.body.user]).toEqual([false, first.body.user]);
    const { aggregate, data } = ofType(received, userChanged)[0] ?? {};
    const { userId } = first.body.user;
    expect([aggregate, data]).toEqual([
      { id: userId, version: 1 },
      { userId, phone, roles: ['client'], locale: 'ru', emailConfirmed: false, locked: false },
    ]);
  });

  test('R-AUTH-02 its access token is good everywhere for ten minutes', async () => {
    const { accessToken: token, expiresAt } = (await signInBy(rt, somePhone())).body;
    expect(expiresAt).toBe(new Date(rt.clock.nowMs() + 600_000).toISOString());
    expect((await call(rt, 'GET /v1/tickets', { token })).status).toBe(200);
    expect((await call(rt, 'GET /v1/board', { token })).status).toBe(403);
    rt.clock.move(606_000);
    const late = await call(rt, 'GET /v1/tickets', { token });
    expect([late.status, late.body.code]).toEqual([401, 'token-expired']);
  });

  test('R-AUTH-01 100 wrong guesses at once: five are evaluated, and then not even the right one is', async () => {
    const { challengeId } = await start();
    const guesses = await Promise.all(
      Array.from({ length: 100 }, (_, n) => wrongCode(rt, challengeId, n + 1)),
    );
    const answers = await Promise.all(guesses.map((guess) => tryCode(rt, challengeId, guess)));
    const evaluated = answers.filter(({ body }) => body.code === 'code-wrong');
    expect(evaluated.map(({ body }) => body.attemptsLeft).sort()).toEqual([0, 1, 2, 3, 4]);
    const rest = answers.filter((answer) => !evaluated.includes(answer));
    expect(new Set(rest.map(({ status, body }) => `${status} ${body.code}`))).toEqual(
      new Set(['401 code-expired']),
    );
    const right = await tryCode(rt, challengeId, await codeOf(rt, challengeId));
    expect([right.status, right.body.code]).toEqual([401, 'code-expired']);
  });

  test('R-AUTH-01 attempts survive resends while guesses go on beside them', async () => {
    const { phone, challengeId } = await start();
    let evaluated = 0;
    for (let round = 0; round < 3; round += 1) {
      const [resent, ...answers] = await Promise.all([
        askForCode(rt, phone, ADDRESS),
        ...Array.from({ length: 4 }, async (_, n) =>
          tryCode(rt, challengeId, await wrongCode(rt, challengeId, n + 1)),
        ),
      ]);
      expect([202, 429]).toContain(resent.status);
      evaluated += answers.filter(({ body }) => body.code === 'code-wrong').length;
      rt.clock.move(60_000);
    }
    expect(evaluated).toBe(5);
  });

  test('R-AUTH-01 is good once: of 20 sign-ins at once one gets in', async () => {
    const { phone, challengeId } = await start();
    const code = await codeOf(rt, challengeId);
    const answers = await Promise.all(Array.from({ length: 20 }, () => tryCode(rt, challengeId, code)));
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'code-expired')).toHaveLength(19);
    const next = await signInBy(rt, phone);
    expect([next.body.newClient, next.body.user.userId]).toEqual([false, won[0]?.body.user.userId]);
  });

  test('R-AUTH-01 is good for five minutes', async () => {
    const [young, old] = [await start(), await start()];
    rt.clock.move(299_999);
    expect((await tryCode(rt, young.challengeId, await codeOf(rt, young.challengeId))).status).toBe(200);
    rt.clock.move(1);
    const late = await tryCode(rt, old.challengeId, await codeOf(rt, old.challengeId));
    expect([late.status, late.body.code]).toEqual([401, 'code-expired']);
  });

  test('R-AUTH-01 of an unknown challenge is answered as one that has expired', async () => {
    const { status, body } = await tryCode(rt, rt.ids.next('chl'), '000000');
    expect([status, body.code]).toEqual([401, 'code-expired']);
  });

  test('R-AUTH-01 a used challenge is followed by a new one at once, another code', async () => {
    const { phone, challengeId } = await start();
    await tryCode(rt, challengeId, await codeOf(rt, challengeId));
    const next = await start(phone);
    expect(next.status).toBe(202);
    expect(next.challengeId).not.toBe(challengeId);
    expect(await codeOf(rt, next.challengeId)).not.toBe(await codeOf(rt, challengeId));
  });
});
