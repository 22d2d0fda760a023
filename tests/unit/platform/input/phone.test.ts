import fc from 'fast-check';
import { parsePhone, phoneSchema, readMobile, readPhone } from '../../../../lib/platform/input/phone.ts';

test.each([
  ['\u202A+7 916 300-00-01\u202C', '+79163000001', 'a contact’s embedding marks'],
  ['+7\u200B9163000003', '+79163000003', 'a zero-width space'],
  ['\uFEFF+79163000003', '+79163000003', 'a byte order mark'],
  ['+7\u202F916\u202F300\u202F00\u202F04', '+79163000004', 'narrow no-break spaces'],
  ['+7\u2009916\u2009300\u200A00\u00A004', '+79163000004', 'thin, hair and no-break spaces'],
  ['+7 916\u2013300\u201400\u221204', '+79163000004', 'en dash, em dash, minus'],
  ['＋７（９１６）３００－００－０４', '+79163000004', 'full width'],
  ['+٧٩١٦٣٠٠٠٠٠٥', '+79163000005', 'Arabic-Indic digits'],
  ['+۹۸۹۱۲۱۲۳۴۵۶۷', '+989121234567', 'Persian digits'],
  ['+९१ ९८७६५ ४३२१०', '+919876543210', 'Devanagari digits'],
  ['+৮৮০ ১৭১২ ৩৪৫৬৭৮', '+8801712345678', 'Bengali digits'],
  ['+๖๖ ๘๑ ๒๓๔ ๕๖๗๘', '+66812345678', 'Thai digits'],
  ['tel:+7-916-300-02-10', '+79163000210', 'a link'],
  ['TEL:+7(916)300.02.10', '+79163000210', 'a link in capitals'],
  ['tel://%2B79163000210', '+79163000210', 'an encoded link'],
  ['tel:916-300-02-10;phone-context=+7', '+79163000210', 'a local number with its context'],
  ['tel:+79163000210;tsp=x.example;foo=bar', '+79163000210', 'parameters that say nothing of the number'],
  ['tel:+79163000210;ext=12', '', 'an extension'],
  ['tel:+79163000210;isub=12', '', 'a subaddress'],
  ['tel:%zz', '', 'a broken link'],
  ['+375 (0) 29 123-45-67', '+375291234567', 'a trunk zero in brackets'],
  ['+225 07 01 23 45 67', '+2250701234567', 'ten digits of Côte d’Ivoire'],
  ['+7 707 123 45 67', '+77071234567', 'Kazakhstan'],
  [' \t+7 916 300 02 10\r\n', '+79163000210', 'space around it'],
  ['+7 916 300 02 10 ext. 5', '', 'an extension in words'],
  ['+7 916 300 02 1O', '', 'a letter for a zero'],
  ['+7916300021①', '', 'a number in a circle'],
  ['+7916300021½', '', 'a fraction'],
  ['📱+79163000210', '', 'an emoji'],
  ['+7916\u0000123', '', 'a control character'],
  ['', '', 'nothing'],
  ['\u200E\u200B', '', 'nothing visible'],
  ['+7', '', 'a country alone'],
  ['1'.repeat(101), '', 'no end'],
])('R-AUTH-01 %j is %j: %s', (text, phone) => {
  const parsed = parsePhone(text);
  expect(parsed.kind === 'mobile' ? parsed.phone : '').toBe(phone);
});

test.each<[string, string, string]>([
  ['8 (916) 300-00-06', 'RU', '+79163000006'],
  ['\u200E79163000002', 'RU', '+79163000002'],
  ['8 029 123-45-67', 'BY', '+375291234567'],
  ['80291234567', 'BY', '+375291234567'],
  ['8 701 123 45 67', 'KZ', '+77011234567'],
  ['0151 23456789', 'DE', '+4915123456789'],
  ['(0)151 23456789', 'DE', '+4915123456789'],
  ['06 12 34 56 78', 'FR', '+33612345678'],
  ['(202) 555-0143', 'US', '+12025550143'],
  ['07400 123456', 'GB', '+447400123456'],
  ['098765 43210', 'IN', '+919876543210'],
  ['050 123 4567', 'AE', '+971501234567'],
  ['٠٥٠ ١٢٣ ٤٥٦٧', 'AE', '+971501234567'],
  ['090-1234-5678', 'JP', '+819012345678'],
  ['(11) 96123-4567', 'BR', '+5511961234567'],
])('R-AUTH-01 %s in %s is %s', (text, country, phone) => {
  expect(parsePhone(text, country)).toMatchObject({ kind: 'mobile', phone, country });
});

test('R-AUTH-01 Kazakhstan and Russia share a dial code and stay two countries', () => {
  expect([parsePhone('+77071234567'), parsePhone('+79161234567')]).toMatchObject([
    { country: 'KZ', dialCode: '7' },
    { country: 'RU', dialCode: '7' },
  ]);
});

const PHONES = ['+79163000210', '+375291234567', '+447400123456', '+2250701234567', '+989121234567'] as const;
/** Zeros of Arabic-Indic, Persian, Devanagari, Bengali, Thai, full-width, Adlam and mathematical digits. */
const ZEROS = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10, 0x1e950, 0x1d7ce, 0x1d7e2];
const BETWEEN = [
  '',
  ' ',
  '\u00A0',
  '\u2009',
  '\u202F',
  '-',
  '\u2011',
  '\u2013',
  '\u2212',
  '.',
  '\u200B',
  '\u200E',
  '\u202C',
  '\u2060',
];

const pasted = fc.constantFrom(...PHONES).chain((phone) =>
  fc.record({
    phone: fc.constant(phone),
    zero: fc.constantFrom(...ZEROS),
    between: fc.array(fc.constantFrom(...BETWEEN), { minLength: phone.length, maxLength: phone.length }),
    around: fc.constantFrom(
      ['', ''],
      ['\u202A', '\u202C'],
      ['\u2068', '\u2069'],
      ['\uFEFF', ''],
      [' ', '\n'],
    ),
  }),
);

test('R-AUTH-01 whatever stands between the digits, and in whatever script, the phone is the same', () => {
  fc.assert(
    fc.property(pasted, ({ phone, zero, between, around }) => {
      const digits = [...phone.slice(1)].map(
        (digit, n) => `${String.fromCodePoint(zero + Number(digit))}${between[n]}`,
      );
      const text = `${around[0]}+${digits.join('').replace(/[-.\s\p{Pd}]+$/u, '')}${around[1]}`;
      expect(parsePhone(text)).toMatchObject({ kind: 'mobile', phone });
    }),
  );
});

test('R-AUTH-01 no text makes reading a phone fail, and what is read reads back as itself', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.stringMatching(/^(tel:)?[+0-9 ();=%.-]{0,40}$/),
    fc
      .tuple(fc.constantFrom('+7', '+44', '8', '00'), fc.stringMatching(/^[0-9 -]{6,14}$/))
      .map(([a, b]) => a + b),
  );
  fc.assert(
    fc.property(text, fc.constantFrom(undefined, 'RU', 'ZZ', 'GB'), (given, country) => {
      const parsed = parsePhone(given, country);
      if (parsed.kind === 'invalid') return;
      expect(parsed.phone).toMatch(/^\+[1-9]\d{4,14}$/);
      expect(parsePhone(parsed.phone)).toEqual(parsed);
    }),
  );
});

test('R-AUTH-01 the schema lets every notation in, and reading says in words what is wrong', () => {
  expect(
    ['\u202A+7 916 300-00-01\u202C', 'tel:+79163000210', 'x'].map(
      (text) => phoneSchema.safeParse(text).success,
    ),
  ).toEqual([true, true, true]);
  expect(['', 'x'.repeat(101)].map((text) => phoneSchema.safeParse(text).success)).toEqual([false, false]);
  expect(() => readMobile('112')).toThrow(
    expect.objectContaining({ code: 'phone-invalid', kind: 'unprocessable' }),
  );
  expect(() => readMobile('+44 20 7946 0958')).toThrow(expect.objectContaining({ code: 'phone-not-mobile' }));
  expect(readPhone('+44 20 7946 0958').phone).toBe('+442079460958');
});
