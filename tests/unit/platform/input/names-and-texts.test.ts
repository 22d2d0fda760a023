import fc from 'fast-check';
import { mayBecomeLink, nameUpTo } from '../../../../lib/platform/input/name.ts';
import {
  isBlank,
  noteUpTo,
  plainLine,
  textUpTo,
  typedCode,
} from '../../../../lib/platform/input/pasted-text.ts';

const name = nameUpTo(80);
const FAMILY = '👩‍👩‍👧‍👦';

test.each([
  'نمی‌خواهم',
  "Nataša O'Brien-Łukaszewicz",
  'D’Angelo',
  `The ${FAMILY} of ❤️‍🔥`,
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿 England',
  'क्‍ष',
  'שלום \u200Fabc',
  'Nguyễn Thị Ánh',
  '李小龙',
  'J.R.R. "Tolkien" <x>',
])('R-AUTH-03 the name %j is kept exactly', (text) => expect(name.parse(text)).toBe(text.normalize('NFC')));

test.each([
  ['  Anna  ', 'Anna'],
  ['Anna\n', 'Anna'],
  ['\u202AAnna\u202C', 'Anna'],
  ['An\u200Bna\uFEFF', 'Anna'],
  ['\u200EAnna\u200F', 'Anna'],
  ['evil\u202Egpj.exe', 'evilgpj.exe'],
  ['A\u2066nn\u2069a\u00AD', 'Anna'],
  ['Zoe\u0308', 'Zo\u00EB'],
])('R-AUTH-03 of the name %j stays %j', (text, kept) => expect(name.parse(text)).toBe(kept));

test.each([
  ['a line break inside', 'Anna\nOrlova', /line break/],
  ['a NUL', 'Anna\u0000', /control/],
  ['a line separator', 'Anna\u2028Orlova', /line break/],
  ['half a surrogate pair', 'Anna\uD800', /control/],
  ['nothing', '', /./],
  ['spaces', '   ', /blank/],
  ['a zero-width space', '\u200B', /blank/],
  ['joiners alone', '\u200D\u200C', /blank/],
  ['a Hangul filler', '\u3164', /blank/],
  ['81 characters', 'a'.repeat(81), /at most 80/],
])('R-AUTH-03 a name of %s is refused', (_, text, words) => {
  expect(name.safeParse(text).error?.issues[0]?.message).toMatch(words);
});

test.each([
  'Visit https://evil.example',
  'HTTPS://EVIL.EXAMPLE',
  'Anna ftp://a',
  'www.evil.example',
  'Win at WWW.evil.example now',
  '(www.evil)',
  'evil.example/win',
  'Anna evil.example/',
  'evil.example?a',
  'evil.example#a',
  'evil.example:8080',
  't.me/evil',
  'пример.рф/приз',
  'evil.xn--p1ai/x',
  'ｅｖｉｌ．ｅｘａｍｐｌｅ／win',
  'evil。example/win',
  'ht\u200Btps://evil.example',
])('R-AUTH-03 the name %j reads as a web address and is refused', (text) => {
  expect(name.safeParse(text).error?.issues[0]?.message).toBe('reads as a web address');
  expect(mayBecomeLink(text.replaceAll('\u200B', ''))).toBe(true);
});

test.each(['sms.ru, main contract', 'Rotadesk.app', 'anna@evil.example', 'x.com', 'evil。example'])(
  'R-NOT-02 the name %j may be kept, but a mail program may link it',
  (text) => expect([name.safeParse(text).success, mayBecomeLink(text)]).toEqual([true, true]),
);

test.each([
  'J.R.R.Tolkien',
  'J. R. R. Tolkien',
  'А.С.Пушкин',
  'Dr. Anna Orlova',
  'Day/night desk',
  'R&D 2.0/3',
  'Awww. Cute',
  'Anna: 10:30',
  'نمی‌خواهم',
])('R-NOT-02 the name %j is no link to anybody', (text) =>
  expect([name.safeParse(text).success, mayBecomeLink(text)]).toEqual([true, false]),
);

test('R-AUTH-03 a name has at most 80 characters as JSON Schema counts them', () => {
  expect([name.safeParse('😀'.repeat(80)).success, name.safeParse('😀'.repeat(81)).success]).toEqual([
    true,
    false,
  ]);
});

test('R-AUTH-03 a name that was taken is taken again as it is', () => {
  const text = fc.string({
    unit: fc.constantFrom(
      'a',
      'e',
      '\u0301',
      '\u0308',
      ' ',
      '\u200B',
      '\u200D',
      '\u200E',
      '\u202E',
      '👩',
      'ن',
    ),
  });
  fc.assert(
    fc.property(text, (given) => {
      const { success, data } = name.safeParse(given);
      if (success) expect(name.parse(data)).toBe(data);
    }),
  );
});

const NOTHING = [
  '',
  ' ',
  '\n\t',
  '\u00A0',
  '\u200B',
  '\u200C\u200D',
  '\u2060',
  '\uFEFF',
  '\u3164',
  '\u115F\u1160',
  '\uFFA0',
  '\u2800',
  '\uFE0F',
  '\u00AD',
  '\u202E',
  '\u180E',
  '\u0000',
  '\u{E0020}',
];

test.each(NOTHING)('R-DESK-02 the text %j is blank', (text) => {
  expect([isBlank(text), textUpTo(10).safeParse(text).success, noteUpTo(10).safeParse(text).success]).toEqual(
    [true, false, false],
  );
});

test('R-DESK-02 any mix of nothings is blank, and one thing seen is enough', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...NOTHING)),
      fc.constantFrom('a', '.', 'я', '👍', FAMILY, '一', '⠁'),
      (nothings, seen) => {
        expect(isBlank(nothings.join(''))).toBe(true);
        expect(isBlank(`${nothings.join('')}${seen}${nothings.join('')}`)).toBe(false);
      },
    ),
  );
});

test('R-DESK-02 a text is kept exactly as it came', () => {
  const text = '\u202E 👆 مرحبا H̸̡̪̯\n<b>x</b>\u200D ';
  expect(textUpTo(100).parse(text)).toBe(text);
});

const code = typedCode(6);

test.each([
  '123456',
  '123 456',
  '123-456',
  ' 123456\n',
  '123\u00A0456',
  '123\u2009456',
  '123\u2013456',
  '١٢٣٤٥٦',
  '۱۲۳۴۵۶',
  '१२३४५६',
  '１２３４５６',
  '\u200E123456\u202C',
  '1 2 3 4 5 6',
  '\uFEFF123456',
])('R-AUTH-01 the code %j is 123456', (text) => expect(code.parse(text)).toBe('123456'));

test.each(['12345', '1234567', '12345a', '123.456', '+123456', '', '      ', '1234⑤6', '123456'.padEnd(65)])(
  'R-AUTH-01 %j is no code',
  (text) => {
    expect(code.safeParse(text).success).toBe(false);
  },
);

test('R-AUTH-01 digits of every script Unicode has read as their value', () => {
  const every = Array.from({ length: 0x110000 }, (_, cp) => cp)
    .filter((cp) => (cp < 0xd800 || cp > 0xdfff) && /\p{Nd}/u.test(String.fromCodePoint(cp)))
    .map((cp) => String.fromCodePoint(cp));
  expect(every.length % 10).toBe(0);
  expect(every.map(plainLine).join('')).toBe('0123456789'.repeat(every.length / 10));
});
