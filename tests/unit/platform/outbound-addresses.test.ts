import { type AddressRules, addressFault } from '../../../lib/platform/outbound/address.ts';
import { outboundRules, providerHosts } from '../../../lib/platform/outbound/config.ts';
import { isPublicAddress } from '../../../lib/platform/outbound/ip-address.ts';

const rules: AddressRules = { ports: [443, 8443], loopback: false };

/** One of each special range of the IANA registries, and of each form in which an inner IPv4 address may hide. */
const SPECIAL = {
  'this network': ['0.0.0.0', '0.1.2.3'],
  private: ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.0.1'],
  'carrier-grade NAT': ['100.64.0.1', '100.127.255.255'],
  loopback: ['127.0.0.1', '127.255.255.254', '::1'],
  'link-local, and the metadata address': ['169.254.0.1', '169.254.169.254', 'fe80::1', 'febf::1'],
  'IETF protocols': ['192.0.0.1', '2001:1::1', '2001:1ff:ffff::1'],
  documentation: ['192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1', '3fff:fff::1'],
  '6to4 relays, and 6to4': ['192.88.99.1', '2002:a00:1::', '2002:808:808::1'],
  benchmarks: ['198.18.0.1', '198.19.255.255', '2001:2::1'],
  multicast: ['224.0.0.1', '239.255.255.255', 'ff02::1'],
  'reserved, and broadcast': ['240.0.0.1', '255.255.255.255'],
  unspecified: ['::'],
  'IPv4-compatible': ['::10.0.0.1', '::8.8.8.8', '::a00:1'],
  'IPv4-mapped': ['::ffff:10.0.0.1', '::ffff:127.0.0.1', '::ffff:169.254.169.254', '::ffff:a00:1'],
  'IPv4-translated': ['::ffff:0:10.0.0.1'],
  NAT64: ['64:ff9b::a00:1', '64:ff9b::169.254.169.254', '64:ff9b:1::a00:1'],
  discard: ['100::1'],
  'Teredo, ORCHID': ['2001::1', '2001:0:a00:1::', '2001:10::1', '2001:20::1', '2001:30::1'],
  'unique local': ['fc00::1', 'fd00:ec2::254'],
  'site-local': ['fec0::1', 'feff::1'],
  'segment routing': ['5f00::1'],
  'not assigned': ['4000::1', 'e000::1', '1::1'],
  'no address': ['', 'no address', '10.0.0', '2130706433', '0x7f000001', '1.2.3.4.5', 'crm.example'],
} as const;

const special = Object.entries(SPECIAL).flatMap(([what, all]) =>
  all.map((address) => [address, what] as const),
);

test.each(special)('R-SMS-04 %s is not of the public internet: %s', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each([
  '8.8.8.8',
  '1.1.1.1',
  '100.63.255.255',
  '100.128.0.1',
  '172.32.0.1',
  '192.0.1.1',
  '223.255.255.255',
  '2a00:1450::1',
  '2606:4700::1111',
  '2001:4860:4860::8888',
])('R-SMS-04 %s is of the public internet', (address) => expect(isPublicAddress(address)).toBe(true));

test.each([
  ['http://crm.example/hook', 'must be https'],
  ['ftp://crm.example/hook', 'must be https'],
  ['https://127.0.0.1/hook', 'must be a public address'],
  ['https://127.1/hook', 'must be a public address'],
  ['https://2130706433/hook', 'must be a public address'],
  ['https://0x7f.0.0.1/hook', 'must be a public address'],
  ['https://0177.0.0.1/hook', 'must be a public address'],
  ['https://169.254.169.254/latest/meta-data', 'must be a public address'],
  ['https://①②⑦.0.0.1/hook', 'must be a public address'],
  ['https://[::1]/hook', 'must be a public address'],
  ['https://[::ffff:10.0.0.1]/hook', 'must be a public address'],
  ['https://[::ffff:a00:1]/hook', 'must be a public address'],
  ['https://[64:ff9b:1::a00:1]/hook', 'must be a public address'],
  ['https://localhost/hook', 'must be a public name'],
  ['https://LOCALHOST./hook', 'must be a public name'],
  ['https://db.internal/hook', 'must be a public name'],
  ['https://printer.local/hook', 'must be a public name'],
  ['https://intranet/hook', 'must be a public name'],
  ['https://crm.example:22/hook', 'must use port 443 or 8443'],
  ['https://crm.example:6379/hook', 'must use port 443 or 8443'],
  ['https://user:password@crm.example/hook', 'must not hold a user name or password'],
  ['https://crm.example/hook#part', 'must not hold a fragment'],
  ['not a url', 'is not a URL'],
])('R-SMS-01 %s takes no requests: it %s', (address, fault) => {
  expect(addressFault(address, rules)).toBe(fault);
});

test.each([
  'https://crm.example/hook',
  'https://crm.example:8443/hook',
  'https://8.8.8.8/hook',
  'https://[2a00:1450::1]/hook?x=1',
])('R-SMS-01 %s takes requests', (address) => expect(addressFault(address, rules)).toBeUndefined());

describe('where only some hosts are allowed', () => {
  const listed: AddressRules = { ...rules, hosts: ['smsc.ru', 'proxy.firm.example:9443', '10.0.0.1'] };

  test.each([
    'https://smsc.ru',
    'https://SMSC.RU/sys',
    'https://smsc.ru:8443',
    'https://proxy.firm.example:9443/smsc',
  ])('R-SMS-04 %s is one of them', (address) => expect(addressFault(address, listed)).toBeUndefined());

  test.each([
    ['https://smsc.ru.evil.example', 'is not on the list of allowed hosts'],
    ['https://evil.smsc.ru', 'is not on the list of allowed hosts'],
    ['https://smsc.ru.', 'is not on the list of allowed hosts'],
    ['https://proxy.firm.example', 'is not on the list of allowed hosts'],
    ['https://smsc.ru:9443', 'must use port 443 or 8443'],
    ['https://10.0.0.1', 'must be a public address'],
    ['https://smsc.ru@evil.example', 'must not hold a user name or password'],
  ])('R-SMS-04 %s %s', (address, fault) => expect(addressFault(address, listed)).toBe(fault));
});

describe('the local run', () => {
  const local: AddressRules = { ...rules, loopback: true, hosts: ['smsc.ru'] };

  test.each(['http://127.0.0.1:4000/hook', 'http://127.0.0.1', 'https://127.0.0.1:1', 'http://[::1]:4000'])(
    'R-SMS-04 may call itself at %s',
    (address) => expect(addressFault(address, local)).toBeUndefined(),
  );

  test.each([
    'file:///etc/passwd',
    'http://localhost:4000',
    'http://10.0.0.1',
    'http://192.168.0.2:80',
    'https://evil.example',
  ])('R-SMS-04 may not call %s for that', (address) =>
    expect(addressFault(address, local)).toEqual(expect.any(String)),
  );
});

test('R-SMS-04 the deployment says ports and hosts; loopback is closed unless it is opened', () => {
  const env = { OUTBOUND_PORTS: '443, 9443', PROVIDER_HOSTS: 'a.example,b.example:9443' };
  expect(outboundRules(env)).toEqual({ ports: [443, 9443], loopback: false });
  expect(providerHosts(env)).toEqual(['a.example', 'b.example:9443']);
  expect(outboundRules({ ...env, OUTBOUND_LOOPBACK: 'allowed' }).loopback).toBe(true);
  expect(() => outboundRules({ ...env, OUTBOUND_PORTS: 'all' })).toThrow(/OUTBOUND_PORTS/);
  expect(() => outboundRules({})).toThrow(/OUTBOUND_PORTS/);
});
