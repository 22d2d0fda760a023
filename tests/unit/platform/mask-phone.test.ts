import { maskPhone } from '../../../lib/platform/mask-phone.ts';

test.each([
  ['+79161234567', '+7916***4567'],
  ['PHONE#+447911123456 is locked', 'PHONE#+4479***3456 is locked'],
  ['two: +79161234567,+4915112345678', 'two: +7916***4567,+4915***5678'],
  ['to=%2B79161234567&x=1', 'to=%2B7916***4567&x=1'],
  ['{"phone":"+12025550123"}', '{"phone":"+1202***0123"}'],
  ['+290 is a dial code, +37212345678 a phone', '+290 is a dial code, +3721***5678 a phone'],
  ['+46812345', '+4681***5'],
])('%j is shown as %j', (text, shown) => {
  expect(maskPhone(text)).toBe(shown);
});

test.each([
  '2026-11-23T08:00:00.000+03:00',
  'sent 79161234567890 bytes',
  'a+b=1',
  '+1234567',
  '+1234567890123456',
])('%j holds no phone and stays as it is', (text) => {
  expect(maskPhone(text)).toBe(text);
});
