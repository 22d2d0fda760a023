import { type Challenge, initialSettings, type PhoneCodes } from '../../../lib/identity/model.ts';
import {
  budgetOf,
  CODE_LIFE_SEC,
  type CodeRequest,
  isLive,
  judgeCodeRequest,
  MAX_ATTEMPTS,
  mayComeFrom,
  resendAt,
  withAddressSend,
  withCodeSent,
} from '../../../lib/identity/sign-in/code-rules.ts';
import { instant, plusSeconds } from '../../../lib/platform/clock.ts';

const NOW = '2026-01-05T08:00:00.000Z';
const ago = (seconds: number) => plusSeconds(NOW, -seconds);
const { limits } = initialSettings;

const challenge: Challenge = {
  id: 'chl_1',
  createdAt: ago(70),
  expiresAt: ago(-230),
  attempts: 0,
  locale: 'en',
};
const codes = (more: Partial<PhoneCodes> = {}): PhoneCodes => ({
  phone: '+79161234567',
  sends: [],
  version: 0,
  ...more,
});
const judge = (more: Partial<CodeRequest>) =>
  judgeCodeRequest({ codes: codes(), addressSends: [], spent: 0, budget: 2000, limits, now: NOW, ...more });

describe('R-AUTH-01 a challenge lives', () => {
  test.each<[string, Challenge | undefined, boolean]>([
    ['not when there is none', undefined, false],
    ['while it is young and unused', challenge, true],
    ['with one attempt left', { ...challenge, attempts: MAX_ATTEMPTS - 1 }, true],
    ['not when its attempts are used up', { ...challenge, attempts: MAX_ATTEMPTS }, false],
    ['not when it was used', { ...challenge, usedAt: ago(1) }, false],
    ['not from the moment it expires', { ...challenge, expiresAt: NOW }, false],
    ['until a moment before', { ...challenge, expiresAt: plusSeconds(NOW, 0.001) }, true],
  ])('%s', (_, given, live) => expect(isLive(given, NOW)).toBe(live));
});

describe('R-AUTH-01 waits between codes grow', () => {
  test.each([
    [[59], 1],
    [[60], undefined],
    [[180, 119], 1],
    [[180, 120], undefined],
    [[420, 360, 239], 1],
    [[420, 360, 240], undefined],
    [[900, 840, 720, 479], 1],
    [[900, 840, 720, 480], undefined],
    // Of another hour: the series has begun anew.
    [[3660, 60], undefined],
    [[3659, 60], 60],
  ])('after codes %p seconds ago', (sends, waitSec) => {
    const decision = judge({ codes: codes({ sends: sends.map(ago) }) });
    expect(decision).toEqual(
      waitSec === undefined
        ? { kind: 'send' }
        : { kind: 'too-early', challenge: undefined, retryAt: plusSeconds(NOW, waitSec) },
    );
  });

  test('a right code ends the series', () => {
    expect(judge({ codes: codes({ sends: [ago(50), ago(20)], settledAt: ago(10) }) }).kind).toBe('send');
    expect(judge({ codes: codes({ sends: [ago(50), ago(5)], settledAt: ago(10) }) })).toMatchObject({
      kind: 'too-early',
      retryAt: plusSeconds(NOW, 55),
    });
  });

  test('the refusal names the challenge only while it lives', () => {
    const asked = (given: Challenge) => judge({ codes: codes({ sends: [ago(10)], challenge: given }) });
    expect(asked(challenge)).toMatchObject({ kind: 'too-early', challenge });
    expect(asked({ ...challenge, attempts: MAX_ATTEMPTS })).toMatchObject({ challenge: undefined });
  });
});

describe('R-AUTH-01 caps', () => {
  const settledAt = ago(1); // no waits in the way
  const many = (count: number, oldest: number, step: number) =>
    Array.from({ length: count }, (_, n) => ago(oldest - n * step));

  test.each<[string, Partial<CodeRequest>, object]>([
    ['4 an hour', { codes: codes({ settledAt, sends: many(4, 3599, 600) }) }, { kind: 'send' }],
    [
      '5 an hour',
      { codes: codes({ settledAt, sends: many(5, 3599, 600) }) },
      { kind: 'too-many', of: 'phone-hour', retryAt: plusSeconds(NOW, 1) },
    ],
    [
      '5, the first an hour ago',
      { codes: codes({ settledAt, sends: many(5, 3600, 600) }) },
      { kind: 'send' },
    ],
    [
      '10 a day',
      { codes: codes({ settledAt, sends: many(10, 86_399, 8000) }) },
      { kind: 'too-many', of: 'phone-day', retryAt: plusSeconds(NOW, 1) },
    ],
    [
      '10, the first a day ago',
      { codes: codes({ settledAt, sends: many(10, 86_400, 8000) }) },
      { kind: 'send' },
    ],
    ['19 of an address', { addressSends: many(19, 3599, 10) }, { kind: 'send' }],
    [
      '20 of an address',
      { addressSends: many(20, 3599, 10) },
      { kind: 'too-many', of: 'address', retryAt: plusSeconds(NOW, 1) },
    ],
    ['a budget with one left', { spent: 1999 }, { kind: 'send' }],
    [
      'a budget spent',
      { spent: 2000 },
      { kind: 'too-many', of: 'dial-code', retryAt: '2026-01-06T00:00:00.000Z' },
    ],
    ['no budget', { budget: 0 }, { kind: 'too-many', of: 'dial-code', retryAt: '2026-01-06T00:00:00.000Z' }],
  ])('%s', (_, given, expected) => expect(judge(given)).toEqual(expected));
});

describe('R-AUTH-01 a code more', () => {
  const sent = (given: PhoneCodes) => withCodeSent(given, { newId: 'chl_2', locale: 'ru', now: NOW });

  test('a resend keeps challenge, expiry and attempts', () => {
    const tried = { ...challenge, attempts: 3 };
    const after = sent(codes({ challenge: tried, sends: [ago(70)], version: 4 }));
    expect(after).toMatchObject({ challenge: tried, sends: [ago(70), NOW], version: 5 });
  });

  test.each([
    ['expired', { expiresAt: NOW }],
    ['used up', { attempts: MAX_ATTEMPTS }],
    ['used', { usedAt: ago(1) }],
  ])('a challenge that is %s is followed by a new one', (_, dead) => {
    const after = sent(codes({ challenge: { ...challenge, ...dead } }));
    expect(after.challenge).toEqual({
      id: 'chl_2',
      createdAt: NOW,
      expiresAt: plusSeconds(NOW, CODE_LIFE_SEC),
      attempts: 0,
      locale: 'ru',
    });
  });

  test('what no cap counts any more is forgotten', () => {
    expect(sent(codes({ sends: [ago(86_400), ago(86_399)] })).sends).toEqual([ago(86_399), NOW]);
    expect(withAddressSend([ago(3600), ago(3599)], NOW)).toEqual([ago(3599), NOW]);
  });

  test('resendAt is the moment from which asking again is heard', () => {
    let given = codes();
    let now = NOW;
    const asked: number[] = [];
    for (let n = 0; n < 12; n += 1) {
      expect(judge({ codes: given, now }).kind).toBe('send');
      given = withCodeSent(given, { newId: `chl_${n}`, locale: 'en', now });
      asked.push((Date.parse(now) - Date.parse(NOW)) / 1000);
      const next = resendAt(given, limits, now);
      expect(judge({ codes: given, now: instant(Date.parse(next) - 1) }).kind).not.toBe('send');
      now = next;
    }
    expect(asked.slice(0, 7)).toEqual([0, 60, 180, 420, 900, 3600, 4560]);
    expect(asked[10]).toBe(86_400);
  });
});

test('R-AUTH-01 a dial code has the budget it was given, else the common one', () => {
  const settings = { ...initialSettings, dialCodeBudgets: { '1': 5 } };
  expect([budgetOf(settings, '1'), budgetOf(settings, '7')]).toEqual([5, 2000]);
});

test('R-AUTH-01 countries: all, or those that are listed', () => {
  const only = { ...initialSettings, countries: ['RU'] };
  expect(mayComeFrom(initialSettings, undefined)).toBe(true);
  expect(['RU', 'KZ', undefined].map((country) => mayComeFrom(only, country))).toEqual([true, false, false]);
});
