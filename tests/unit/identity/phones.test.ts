import { initialSettings } from '../../../lib/identity/settings/catalogue.ts';
import { readPhone } from '../../../lib/identity/sign-in/read-phone.ts';
import { phoneSchema } from '../../../lib/platform/input/phone.ts';
import { networkOf } from '../../../lib/platform/outbound/ip-address.ts';

const NBSP = '\u00a0';

test.each([
  ['+79161234567', '+79161234567'],
  ['+7 916 123-45-67', '+79161234567'],
  [`+7${NBSP}(916)${NBSP}123‑45‑67`, '+79161234567'],
  ['8 (916) 123-45-67', '+79161234567'],
  ['8-916-123-45-67', '+79161234567'],
  ['89161234567', '+79161234567'],
  ['9161234567', '+79161234567'],
  ['79161234567', '+79161234567'],
  ['007 916 1234567', '+79161234567'],
  ['00 7 916 123 45 67', '+79161234567'],
  ['(00)79161234567', '+79161234567'],
  ['8~10 44 7400 123456'.replace('~', ' '), '+447400123456'],
  ['+7 701 123 45 67', '+77011234567'],
  ['+44 7400 123456', '+447400123456'],
  ['+44 (0) 7400 123456', '+447400123456'],
  ['+49 151 23456789', '+4915123456789'],
  ['0049 151 23456789', '+4915123456789'],
  ['+33 6 12 34 56 78', '+33612345678'],
  ['+39 312 345 6789', '+393123456789'],
  ['+1 (202) 555-0143', '+12025550143'],
  ['+1.202.555.0143', '+12025550143'],
  ['+91 98765 43210', '+919876543210'],
  ['+971 50 123 4567', '+971501234567'],
  ['+٧٩١٦١٢٣٤٥٦٧', '+79161234567'],
  ['＋７９１６１２３４５６７', '+79161234567'],
])('R-AUTH-01 %s is %s', (text, phone) => {
  expect(phoneSchema.safeParse(text).success).toBe(true);
  expect(readPhone(text, { ...initialSettings, countries: null }).phone).toBe(phone);
});

test.each([
  ['8 (495) 123-45-67', 'phone-not-mobile'],
  ['+44 20 7946 0958', 'phone-not-mobile'],
  ['8 800 555-35-35', 'phone-not-mobile'],
  ['+1 800 555 0199', 'phone-not-mobile'],
  ['+7 809 123 45 67', 'phone-not-mobile'],
  ['112', 'phone-invalid'],
  ['900', 'phone-invalid'],
  ['+7112', 'phone-invalid'],
  ['+7916123456', 'phone-invalid'],
  ['+791612345678', 'phone-invalid'],
  ['+8 916 123 45 67', 'phone-invalid'],
  ['+999 123 456 789', 'phone-invalid'],
  ['+++', 'phone-invalid'],
  ['---', 'phone-invalid'],
  ['000000000000', 'phone-invalid'],
  ['+7 916 123-45-67 +7 916 123-45-68', 'phone-invalid'],
])('R-AUTH-01 %s is refused: %s', (text, code) => {
  expect(() => readPhone(text, initialSettings)).toThrow(
    expect.objectContaining({ code, kind: 'unprocessable' }),
  );
});

test('R-AUTH-01 without a default country a national number is refused, an international one is not', () => {
  const settings = { ...initialSettings, defaultCountry: null };
  expect(() => readPhone('8 (916) 123-45-67', settings)).toThrow(
    expect.objectContaining({ code: 'phone-invalid' }),
  );
  expect(readPhone('+7 916 123 45 67', settings).phone).toBe('+79161234567');
});

test('R-AUTH-01 countries that are not listed are refused', () => {
  const settings = { ...initialSettings, countries: ['RU'] };
  expect(readPhone('+7 916 123 45 67', settings).country).toBe('RU');
  expect(() => readPhone('+7 701 123 45 67', settings)).toThrow(
    expect.objectContaining({ code: 'phone-country' }),
  );
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:DB8:0001:2::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['fe80::1%eth0', 'fe80::1%eth0'],
  ['unknown', 'unknown'],
])('R-AUTH-01 the address %s counts as %s', (ip, address) => expect(networkOf(ip)).toBe(address));

test.each(['+8816 315 1 2345', '+870 773 123 456', '+882 13 123456', '+883 5100 0123 4567'])(
  'R-AUTH-01 %s, of a satellite or an international network, is refused under the shipped settings and with all countries',
  (text) => {
    for (const countries of [initialSettings.countries, null]) {
      expect(() => readPhone(text, { ...initialSettings, countries })).toThrow(
        expect.objectContaining({ kind: 'unprocessable' }),
      );
    }
  },
);
