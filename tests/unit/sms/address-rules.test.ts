import { addressFault, isPublicAddress } from '../../../lib/sms/webhooks/address-rules.ts';

test.each([
  'http://crm.example/hook',
  'https://127.0.0.1/hook',
  'https://127.1/hook',
  'https://2130706433/hook',
  'https://0x7f.0.0.1/hook',
  'https://10.1.2.3/hook',
  'https://172.31.255.255/hook',
  'https://192.168.0.1/hook',
  'https://169.254.169.254/latest/meta-data',
  'https://100.64.0.1/hook',
  'https://0.0.0.0/hook',
  'https://[::1]/hook',
  'https://[::]/hook',
  'https://[fd00::1]/hook',
  'https://[fe80::1]/hook',
  'https://[::ffff:10.0.0.1]/hook',
  'https://[::ffff:a00:1]/hook',
  'https://[64:ff9b::a00:1]/hook',
  'https://localhost/hook',
  'https://LOCALHOST./hook',
  'https://db.internal/hook',
  'https://printer.local/hook',
  'https://intranet/hook',
  'https://user:password@crm.example/hook',
  'https://crm.example/hook#part',
  'ftp://crm.example/hook',
  'not a url',
])('R-SMS-01 %s takes no webhooks', (address) => {
  expect(addressFault(address, false)).toEqual(expect.any(String));
});

test.each(['https://crm.example/hook', 'https://8.8.8.8/hook', 'https://[2a00:1450::1]/hook?x=1'])(
  'R-SMS-01 %s takes webhooks',
  (address) => {
    expect(addressFault(address, false)).toBeUndefined();
  },
);

test('R-SMS-01 the local run may call itself, but nothing that is not HTTP', () => {
  expect(addressFault('http://127.0.0.1:4000/hook', true)).toBeUndefined();
  expect(addressFault('file:///etc/passwd', true)).toEqual(expect.any(String));
});

test('R-SMS-01 a name is judged by every address behind it, mapped ones too', () => {
  expect(['8.8.8.8', '2a00:1450::1'].map(isPublicAddress)).toEqual([true, true]);
  const inner = ['10.0.0.1', '::ffff:192.168.1.1', 'fd12::1', '169.254.169.254', 'no address'];
  expect(inner.map(isPublicAddress)).toEqual([false, false, false, false, false]);
});
