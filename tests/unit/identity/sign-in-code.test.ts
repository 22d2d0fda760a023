import { type Challenge, OPEN_LINE, type PhoneCodes, type Send } from '../../../lib/identity/model.ts';
import { initialSettings } from '../../../lib/identity/settings/catalogue.ts';
import {
  budgetOf,
  type CodeRequest,
  challengeIdOf,
  decideCodeRequest,
  isLive,
  mayComeFrom,
  resendAt,
  withCodeSent,
} from '../../../lib/identity/sign-in/sign-in-code.ts';
import { instant, plusSeconds } from '../../../lib/platform/clock.ts';
import { ownEntity } from '../../../lib/sms/entity-repository.ts';

const NOW = '2026-01-05T08:00:00.000Z';
const ago = (seconds: number) => plusSeconds(NOW, -seconds);
const limits = initialSettings;
const MAX_ATTEMPTS = limits.attemptsPerChallenge;
const ME = '192.0.2.1';
const OTHER = '192.0.2.2';
/** Codes that went out, each asked for from another address. */
const sentAt = (...times: readonly string[]): Send[] => times.map((at, n) => ({ at, by: `198.51.100.${n}` }));

const challenge: Challenge = {
  id: 'chl_1',
  createdAt: ago(70),
  expiresAt: ago(-230),
  firstAsker: ME,
  askers: { [ME]: { challengeId: 'chl_1', attempts: 0 } },
  joinedAttempts: 0,
  most: { attempts: 5, joinedAttempts: 15 },
  locale: 'en',
};
const tried = (attempts: number): Challenge => ({
  ...challenge,
  askers: { [ME]: { challengeId: 'chl_1', attempts } },
});
const codes = (more: Partial<PhoneCodes> = {}): PhoneCodes => ({
  phone: '+79161234567',
  line: OPEN_LINE,
  sends: [],
  version: 0,
  ...more,
});
const decide = (more: Partial<CodeRequest>) =>
  decideCodeRequest({ codes: codes(), by: ME, limits, now: NOW, ...more });

describe('R-AUTH-01 a challenge lives', () => {
  test.each<[string, Challenge | undefined, boolean]>([
    ['not when there is none', undefined, false],
    ['while it is young and unused', challenge, true],
    ['even when one requester has no guess left: others may', tried(MAX_ATTEMPTS), true],
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
    const decision = decide({ codes: codes({ sends: sentAt(...sends.map(ago)) }) });
    expect(decision).toEqual(
      waitSec === undefined ? { kind: 'send' } : { kind: 'too-early', retryAt: plusSeconds(NOW, waitSec) },
    );
  });

  test('a right code ends the series', () => {
    expect(decide({ codes: codes({ sends: sentAt(ago(50), ago(20)), settledAt: ago(10) }) }).kind).toBe(
      'send',
    );
    expect(decide({ codes: codes({ sends: sentAt(ago(50), ago(5)), settledAt: ago(10) }) })).toMatchObject({
      kind: 'too-early',
      retryAt: plusSeconds(NOW, 55),
    });
  });
});

describe('R-AUTH-01 caps', () => {
  const settledAt = ago(1); // no waits in the way
  const many = (count: number, oldest: number, step: number) =>
    sentAt(...Array.from({ length: count }, (_, n) => ago(oldest - n * step)));
  const mine = (count: number, oldest: number, step: number) =>
    many(count, oldest, step).map(({ at }) => ({ at, by: ME }));

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
    [
      '2 an hour of one requester',
      { codes: codes({ settledAt, sends: mine(2, 3599, 600) }) },
      { kind: 'send' },
    ],
    [
      '3 an hour of one requester',
      { codes: codes({ settledAt, sends: mine(3, 3599, 600) }) },
      { kind: 'too-many', of: 'requester-hour', retryAt: plusSeconds(NOW, 1) },
    ],
    [
      '5 a day of one requester',
      { codes: codes({ settledAt, sends: mine(5, 86_399, 8000) }) },
      { kind: 'too-many', of: 'requester-day', retryAt: plusSeconds(NOW, 1) },
    ],
    [
      '5 a day of one requester, when another one asks',
      { codes: codes({ settledAt, sends: mine(5, 86_399, 8000) }), by: OTHER },
      { kind: 'send' },
    ],
    [
      '5 a day of a known device, whose line it is',
      { codes: codes({ line: 'DEVICE#1', settledAt, sends: mine(5, 86_399, 8000) }) },
      { kind: 'send' },
    ],
  ])('%s', (_, given, expected) => expect(decide(given)).toEqual(expected));
});

describe('R-AUTH-01 somebody else asks', () => {
  const justSent = (more: Partial<Challenge> = {}) =>
    codes({ sends: [{ at: ago(10), by: ME }], challenge: { ...challenge, ...more } });

  test('while a code is on its way: a challenge of their own for it, and no SMS', () => {
    expect(decide({ codes: justSent(), by: OTHER }).kind).toBe('join');
    expect(decide({ codes: justSent(), by: ME })).toEqual({
      kind: 'too-early',
      retryAt: plusSeconds(NOW, 50),
    });
  });

  test('and the caps of the phone are reached: the same, as long as the code lives', () => {
    const full = { settledAt: ago(1), sends: sentAt(...[50, 40, 30, 20, 10].map(ago)) };
    expect(decide({ codes: codes({ ...full, challenge }), by: OTHER }).kind).toBe('join');
    expect(decide({ codes: codes(full), by: OTHER })).toMatchObject({ kind: 'too-many', of: 'phone-hour' });
  });

  test.each<[string, Partial<Challenge>]>([
    ['it was used', { usedAt: ago(1) }],
    ['those who joined have guessed all they may', { joinedAttempts: 15 }],
    [
      'they have joined before',
      { askers: { ...challenge.askers, [OTHER]: { challengeId: 'chl_2', attempts: 0 } } },
    ],
  ])('and %s: they wait like anybody', (_, more) => {
    expect(decide({ codes: justSent(more), by: OTHER }).kind).toBe('too-early');
  });

  test('who guessed all they may wait for the end of a code that others wait with, and alone get a new one', () => {
    const other = { [OTHER]: { challengeId: 'chl_2', attempts: 0 } };
    const spent = tried(MAX_ATTEMPTS);
    const beside = codes({ challenge: { ...spent, askers: { ...spent.askers, ...other } } });
    expect(decide({ codes: beside })).toEqual({ kind: 'too-early', retryAt: challenge.expiresAt });
    expect(decide({ codes: codes({ challenge: spent }) }).kind).toBe('send');
  });
});

describe('R-AUTH-01 a code more', () => {
  const sent = (given: PhoneCodes, by = ME, now = NOW) =>
    withCodeSent({ codes: given, by, limits, now }, { newId: 'chl_2', locale: 'ru' });

  test('a resend keeps challenge, expiry and attempts', () => {
    const before = codes({ challenge: tried(3), sends: [{ at: ago(70), by: ME }], version: 4 });
    const after = sent(before);
    expect(after).toMatchObject({ challenge: tried(3), version: 5 });
    expect(after.sends).toEqual([
      { at: ago(70), by: ME },
      { at: NOW, by: ME },
    ]);
  });

  test('a resend for somebody else is the same code by a challenge of their own', () => {
    const after = sent(codes({ challenge: tried(3) }), OTHER);
    expect(after.challenge).toMatchObject({ id: 'chl_1', expiresAt: challenge.expiresAt });
    expect([challengeIdOf(after.challenge, ME), challengeIdOf(after.challenge, OTHER)]).toEqual([
      'chl_1',
      'chl_2',
    ]);
    expect(after.challenge.askers[ME]?.attempts).toBe(3);
  });

  test.each<[string, Challenge]>([
    ['expired', { ...challenge, expiresAt: NOW }],
    ['used up', tried(MAX_ATTEMPTS)],
    ['used', { ...challenge, usedAt: ago(1) }],
  ])('a challenge that is %s is followed by a new one', (_, dead) => {
    expect(sent(codes({ challenge: dead })).challenge).toEqual({
      id: 'chl_2',
      createdAt: NOW,
      expiresAt: plusSeconds(NOW, limits.codeLifeSec),
      firstAsker: ME,
      askers: { [ME]: { challengeId: 'chl_2', attempts: 0 } },
      joinedAttempts: 0,
      most: { attempts: 5, joinedAttempts: 15 },
      locale: 'ru',
    });
  });

  test('what no cap counts any more is forgotten', () => {
    const after = sent(codes({ sends: sentAt(ago(86_400), ago(86_399)) }));
    expect(after.sends.map(({ at }) => at)).toEqual([ago(86_399), NOW]);
  });

  test('resendAt is the moment from which a new request is accepted', () => {
    const alone = { ...limits, codesPerRequesterHour: 100, codesPerRequesterDay: 500 };
    let given = codes();
    let now = NOW;
    const asked: number[] = [];
    for (let n = 0; n < 12; n += 1) {
      const request = { codes: given, by: ME, limits: alone, now };
      expect(decide(request).kind).toBe('send');
      given = withCodeSent(request, { newId: `chl_${n}`, locale: 'en' });
      asked.push((Date.parse(now) - Date.parse(NOW)) / 1000);
      const next = resendAt({ ...request, codes: given });
      const before = instant(Date.parse(next) - 1);
      expect(decide({ ...request, codes: given, now: before }).kind).not.toBe('send');
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

test('R-AUTH-01 countries: those that are listed, or all; what belongs to no country only if that is said', () => {
  const may = (more: object) =>
    ['RU', 'KZ', undefined].map((country) => mayComeFrom({ ...initialSettings, ...more }, country));
  expect(may({})).toEqual([true, false, false]);
  expect(may({ countries: null })).toEqual([true, true, false]);
  expect(may({ internationalNetworks: true })).toEqual([true, false, true]);
});

test('R-AUTH-01 as shipped, phones of the country of the entity that sends the codes sign in', () => {
  expect(initialSettings.countries).toEqual([ownEntity.country]);
});
