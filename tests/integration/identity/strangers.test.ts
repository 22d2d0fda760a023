import { codeRequested } from '../../../lib/sms/events.ts';
import { startAws, type TestAws, type TestRuntime, testRuntime } from '../../support/aws/index.ts';
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

/** What strangers can and cannot do to somebody's sign-in: docs/identity.md, "Who may use up what". */

const HOUR = 3_600_000;
let aws: TestAws;
let rt: TestRuntime;

beforeAll(async () => {
  aws = await startAws();
});
beforeEach(async () => {
  rt = await testRuntime(aws);
});

let drawn = 0;
/** An address that nobody has asked from. */
const somewhere = (): string => {
  drawn += 1;
  return `100.64.${drawn >> 8}.${drawn & 255}`;
};

const smsTo = (received: ReturnType<typeof listenToCommits>, phone: string) =>
  ofType(received, codeRequested).filter(({ data }) => data.phone === phone);

/** Asks from there whenever that is allowed, until it has had so many codes or a day is over. */
const drain = async (phone: string, from: () => string, most: number): Promise<number> => {
  let had = 0;
  const end = rt.clock.nowMs() + 12 * HOUR;
  while (had < most && rt.clock.nowMs() < end) {
    const { status, headers } = await askForCode(rt, phone, from());
    if (status === 202) {
      had += 1;
      rt.clock.move(600_000);
    } else rt.clock.move(Math.min(HOUR, Number(headers['retry-after']) * 1000));
  }
  return had;
};

describe('a stranger asks first', () => {
  test('R-AUTH-01 its owner gets a challenge of their own for the code that was sent, and signs in by it', async () => {
    const [phone, received] = [somePhone(), listenToCommits(rt)];
    const stranger = (await askForCode(rt, phone, somewhere())).body;
    rt.clock.move(20_000);
    const owner = await askForCode(rt, phone, somewhere());
    expect([owner.status, owner.body.expiresAt]).toEqual([202, stranger.expiresAt]);
    expect(owner.body.challengeId).not.toBe(stranger.challengeId);
    const [sms, ...more] = smsTo(received, phone);
    expect(more).toEqual([]);
    const shown = await codeOf(rt, sms?.data.challengeId as string);
    expect((await tryCode(rt, owner.body.challengeId, shown)).status).toBe(200);
    expect((await tryCode(rt, stranger.challengeId, shown)).body.code).toBe('code-expired');
  });

  test('R-AUTH-01 wrong guesses of one do not burn those of the other, either way', async () => {
    const phone = somePhone();
    const first = (await askForCode(rt, phone, somewhere())).body.challengeId;
    const second = (await askForCode(rt, phone, somewhere())).body.challengeId;
    const codes = async (challengeId: string, guesses: number) => {
      const answers = [];
      for (let n = 1; n <= guesses; n += 1) {
        const { body } = await tryCode(rt, challengeId, await wrongCode(rt, first, n));
        answers.push(body.attemptsLeft ?? body.code);
      }
      return answers;
    };
    expect(await codes(second, 6)).toEqual([4, 3, 2, 1, 0, 'code-expired']);
    expect(await codes(first, 4)).toEqual([4, 3, 2, 1]);
    expect((await tryCode(rt, first, await codeOf(rt, first))).status).toBe(200);
  });

  test('R-AUTH-01 a code is guessed at twenty times at most, five of them kept for whoever asked first', async () => {
    const phone = somePhone();
    const first = (await askForCode(rt, phone, somewhere())).body.challengeId;
    const joined = await Promise.all(Array.from({ length: 30 }, () => askForCode(rt, phone, somewhere())));
    const ids = joined.flatMap(({ status, body }) => (status === 202 ? [body.challengeId as string] : []));
    expect(ids.length).toBeLessThanOrEqual(19);
    expect(joined.filter(({ status }) => status !== 202 && status !== 429)).toEqual([]);
    const guesses = await Promise.all(
      ids.flatMap((id, n) =>
        Array.from({ length: 5 }, async (_, m) => tryCode(rt, id, await wrongCode(rt, first, n * 5 + m + 1))),
      ),
    );
    expect(guesses.filter(({ body }) => body.code === 'code-wrong')).toHaveLength(15);
    expect((await tryCode(rt, first, await codeOf(rt, first))).status).toBe(200);
  });
});

describe('strangers use up what a phone is sent', () => {
  test('R-AUTH-01 one address, ever so many requests: the owner asks from elsewhere and is sent a code', async () => {
    const [phone, stranger, received] = [somePhone(), somewhere(), listenToCommits(rt)];
    expect(await drain(phone, () => stranger, 40)).toBe(5);
    expect((await askForCode(rt, phone, stranger)).body.code).toBe('too-many-codes');
    const sent = smsTo(received, phone).length;
    expect((await askForCode(rt, phone, somewhere())).status).toBe(202);
    expect(smsTo(received, phone)).toHaveLength(sent + 1);
  });

  test('R-AUTH-01 many addresses: a device that signed in by the phone before still gets codes of its own', async () => {
    const [phone, received] = [somePhone(), listenToCommits(rt)];
    const { deviceToken } = (await signInBy(rt, phone)).body;
    expect(await drain(phone, somewhere, 40)).toBe(9);
    expect((await askForCode(rt, phone, somewhere())).body.code).toBe('too-many-codes');
    const sent = smsTo(received, phone).length;
    const asked = await askForCode(rt, phone, somewhere(), deviceToken);
    expect([asked.status, smsTo(received, phone).length]).toEqual([202, sent + 1]);
    const signedIn = await tryCode(rt, asked.body.challengeId, await codeOf(rt, asked.body.challengeId));
    expect(signedIn.status).toBe(200);
    expect(signedIn.body.deviceToken).not.toBe(deviceToken);
  });

  test('R-AUTH-01 the token of a device is worth nothing for another phone, nor when five others came after it', async () => {
    const phone = somePhone();
    const { deviceToken } = (await signInBy(rt, phone)).body;
    const other = somePhone();
    const [first, second] = [
      await askForCode(rt, other, somewhere(), deviceToken),
      await askForCode(rt, other, somewhere()),
    ];
    expect(second.body.expiresAt).toBe(first.body.expiresAt); // joined: both stood in everybody's line
    for (let n = 0; n < 5; n += 1) {
      rt.clock.move(2 * HOUR);
      expect((await signInBy(rt, phone)).status).toBe(200);
    }
    rt.clock.move(1000);
    const received = listenToCommits(rt);
    await askForCode(rt, phone, somewhere());
    await askForCode(rt, phone, somewhere(), deviceToken);
    expect(smsTo(received, phone)).toHaveLength(1);
  });
});

describe('codes that nobody enters', () => {
  const PREFIX_SIZE = 10_000;
  const prefix = () => `+79${Math.floor(Math.random() * 10 ** 5)}`.padEnd(8, '0');
  const ofPrefix = (start: string, n: number) => `${start}${String(n % PREFIX_SIZE).padStart(4, '0')}`;

  test('R-AUTH-01 numbers that differ in their last four digits get thirty codes an hour between them', async () => {
    const start = prefix();
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, n) => askForCode(rt, ofPrefix(start, n), somewhere())),
    );
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(30);
    expect(answers.filter(({ body }) => body.code === 'too-many-codes')).toHaveLength(30);
    rt.clock.move(HOUR + 300_000);
    expect((await askForCode(rt, ofPrefix(start, 99), somewhere())).status).toBe(202);
  });

  test('R-AUTH-01 a breaker stops a prefix of whose codes few are entered, and closes by itself after an hour', async () => {
    const start = prefix();
    for (let n = 0; n < 12; n += 1) await askForCode(rt, ofPrefix(start, n), somewhere());
    // Their people may still be typing.
    expect((await askForCode(rt, ofPrefix(start, 20), somewhere())).status).toBe(202);
    rt.clock.move(900_000);
    const stopped = await askForCode(rt, ofPrefix(start, 21), somewhere());
    expect([stopped.status, stopped.body.code, stopped.headers['retry-after']]).toEqual([
      429,
      'too-many-codes',
      '3600',
    ]);
    expect((await askForCode(rt, somePhone(), somewhere())).status).toBe(202);
    rt.clock.move(HOUR);
    expect((await askForCode(rt, ofPrefix(start, 22), somewhere())).status).toBe(202);
  });

  test('R-AUTH-01 codes that are entered keep it closed', async () => {
    const start = prefix();
    for (let n = 0; n < 12; n += 1) {
      const phone = ofPrefix(start, n);
      if (n % 3 === 0) await signInBy(rt, phone);
      else await askForCode(rt, phone, somewhere());
    }
    rt.clock.move(900_000);
    expect((await askForCode(rt, ofPrefix(start, 21), somewhere())).status).toBe(202);
  });
});

test.each(['+8816 315 1 2345', '+870 773 123 456', '+1 202 555 0143', '+44 7400 123456'])(
  'R-AUTH-01 as shipped, no code goes to %s, a country or network that is not ours',
  async (phone) => {
    const received = listenToCommits(rt);
    const { status } = await askForCode(rt, phone, somewhere());
    expect([status, received]).toEqual([422, []]);
  },
);

test('R-AUTH-01 what was asked under other settings keeps its numbers', async () => {
  const { challengeId } = (await askForCode(rt, somePhone(), somewhere())).body;
  await changeSettings(rt, { limits: { attemptsPerChallenge: 3, codeLifeSec: 60 } });
  const later = (await askForCode(rt, somePhone(), somewhere())).body;
  const left = async (id: string) => (await tryCode(rt, id, await wrongCode(rt, id))).body.attemptsLeft;
  expect([await left(challengeId), await left(later.challengeId)]).toEqual([4, 2]);
  expect(Date.parse(later.expiresAt) - rt.clock.nowMs()).toBe(60_000);
  await changeSettings(rt, { limits: { attemptsPerChallenge: 5, codeLifeSec: 300 } });
});
