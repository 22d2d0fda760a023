import fc from 'fast-check';
import { emailSchema, shownEmail } from '../../../../lib/platform/input/email-address.ts';

const read = (text: string) => emailSchema.safeParse(text);
const PERSIAN = 'نمی\u200Cخواهم.ایران';

test.each([
  ['anna@почта.рф', 'anna@xn--80a1acny.xn--p1ai', 'anna@почта.рф'],
  ['anna@xn--80a1acny.xn--p1ai', 'anna@xn--80a1acny.xn--p1ai', 'anna@почта.рф'],
  ['anna@XN--80A1ACNY.XN--P1AI', 'anna@xn--80a1acny.xn--p1ai', 'anna@почта.рф'],
  ['anna@ПОЧТА.РФ', 'anna@xn--80a1acny.xn--p1ai', 'anna@почта.рф'],
  [`anna@${PERSIAN}`, 'anna@xn--mgbn2ecbjf86hg67n.xn--mgba3a4f16a', `anna@${PERSIAN}`],
  ['anna@straße.de', 'anna@xn--strae-oqa.de', 'anna@straße.de'],
  ['anna@ｆｉｒｍ。example', 'anna@firm.example', 'anna@firm.example'],
  ['Anna.Orlova@Firm.EXAMPLE', 'Anna.Orlova@firm.example', 'Anna.Orlova@firm.example'],
  ['anna@firm.example ', 'anna@firm.example', 'anna@firm.example'],
  ['\tanna@firm.example\r\n', 'anna@firm.example', 'anna@firm.example'],
  ['\u00A0\u200Banna@firm.example\uFEFF', 'anna@firm.example', 'anna@firm.example'],
  ['\u202Aanna@firm.example\u202C', 'anna@firm.example', 'anna@firm.example'],
  ["o'brien@firm.example", "o'brien@firm.example", "o'brien@firm.example"],
  ['anna+desk@firm.example', 'anna+desk@firm.example', 'anna+desk@firm.example'],
  [
    "!#$%&'*+-/=?^_`{|}~@firm.example",
    "!#$%&'*+-/=?^_`{|}~@firm.example",
    "!#$%&'*+-/=?^_`{|}~@firm.example",
  ],
  ['a@b.co', 'a@b.co', 'a@b.co'],
])('R-AUTH-03 %j is kept as %s and shown as %s', (text, kept, shown) => {
  expect(read(text).data).toBe(kept);
  expect(shownEmail(kept)).toBe(shown);
});

const label = (chars: number) => 'd'.repeat(chars);
const LONGEST_DOMAIN = [label(63), label(63), label(61)].join('.');

test.each([
  ['"anna orlova"@firm.example', /quoted part/],
  ['anna@[192.0.2.1]', /by its number/],
  ['anna@[IPv6:2001:db8::1]', /by its number/],
  ['anna@192.0.2.1', /not an e-mail address/],
  ['anna@0x7f.1', /not an e-mail address/],
  ['анна@почта.рф', /before the @/],
  ['anna@xn--a.рф', /cannot exist/],
  ['anna@exa%6Dple.com', /not an e-mail address/],
  ['anna@firm_one.example', /not an e-mail address/],
  ['anna@-firm.example', /not an e-mail address/],
  ['anna@firm..example', /not an e-mail address/],
  ['anna@firm.example.', /not an e-mail address/],
  ['anna@localhost', /not an e-mail address/],
  ['.anna@firm.example', /not an e-mail address/],
  ['anna.@firm.example', /not an e-mail address/],
  ['an..na@firm.example', /not an e-mail address/],
  ['an na@firm.example', /not an e-mail address/],
  ['anna\n@firm.example', /not an e-mail address/],
  ['Anna <anna@firm.example>', /not an e-mail address/],
  ['anna@firm.example, boris@firm.example', /not an e-mail address/],
  ['anna@boris@firm.example', /not an e-mail address/],
  ['anna', /not an e-mail address/],
  ['@firm.example', /not an e-mail address/],
  ['anna@', /not an e-mail address/],
  [`${'a'.repeat(65)}@firm.example`, /too long/],
  [`anna@${label(64)}.example`, /too long/],
  [`${'a'.repeat(64)}@${LONGEST_DOMAIN}.x`, /too long/],
  ['', /./],
])('R-AUTH-03 %j is refused in words', (text, words) => {
  expect(read(text).error?.issues[0]?.message).toMatch(words);
});

test('R-AUTH-03 64 characters before the @ and 254 in all are taken, counted as they are sent', () => {
  const longest = `${'a'.repeat(64)}@${LONGEST_DOMAIN}`;
  expect(longest).toHaveLength(254);
  expect([read(longest).success, read(`${longest}d`).success]).toEqual([true, false]);
  expect([read(`a@${'почта.'.repeat(18)}рф`).success, read(`a@${'почта.'.repeat(20)}рф`).success]).toEqual([
    true,
    false,
  ]);
});

const atom = fc.stringMatching(/^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,12}$/);
const local = fc.array(atom, { minLength: 1, maxLength: 4 }).map((atoms) => atoms.join('.'));
const domain = fc.constantFrom(
  'firm.example',
  'почта.рф',
  'münchen.de',
  '例え.jp',
  'sub.domain.firm.co.uk',
  'بريد.السعودية',
);

test('R-AUTH-03 what is kept is ASCII, at most 254 long, and reads as itself, from either form', () => {
  fc.assert(
    fc.property(local, domain, fc.constantFrom('', ' ', '\t', '\u200E'), (before, after, around) => {
      const kept = emailSchema.parse(`${around}${before}@${after}${around}`);
      expect(kept).toMatch(/^[\x21-\x7E]{3,254}$/);
      expect([emailSchema.parse(kept), emailSchema.parse(shownEmail(kept))]).toEqual([kept, kept]);
      expect(shownEmail(kept)).toBe(`${before}@${after}`);
    }),
  );
});

test('R-AUTH-03 no text makes reading an address fail', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.emailAddress(),
        fc.tuple(fc.string(), fc.domain()).map(([a, b]) => `${a}@${b}`),
      ),
      (text) => {
        const { success, data } = read(text);
        if (success) expect(emailSchema.parse(data)).toBe(data);
      },
    ),
  );
});
