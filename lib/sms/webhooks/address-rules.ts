import { BlockList, isIP } from 'node:net';

/** Addresses that are not on the public internet. Source: the IANA special-purpose address registries. */
const NOT_PUBLIC: readonly (readonly [network: string, prefix: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 127],
  ['64:ff9b::', 96],
  ['100::', 64],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
];

const blocked = new BlockList();
for (const [network, prefix] of NOT_PUBLIC)
  blocked.addSubnet(network, prefix, isIP(network) === 6 ? 'ipv6' : 'ipv4');

/** `::ffff:10.0.0.1` is checked as the address it stands for: BlockList does so by itself. */
export const isPublicAddress = (address: string): boolean => {
  const family = isIP(address);
  return family !== 0 && !blocked.check(address, family === 6 ? 'ipv6' : 'ipv4');
};

const INNER_NAMES = /(^|\.)(localhost|local|internal|home|lan|intranet|corp|localdomain)\.?$/i;

/** Why this address takes no webhooks; undefined when nothing speaks against it as far as its text tells. */
export const addressFault = (text: string, privateAllowed: boolean): string | undefined => {
  if (!URL.canParse(text)) return 'is not a URL';
  const url = new URL(text);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (url.username || url.password) return 'must not hold a user name or password';
  if (url.hash) return 'must not hold a fragment';
  if (privateAllowed) return ['http:', 'https:'].includes(url.protocol) ? undefined : 'must be http or https';
  if (url.protocol !== 'https:') return 'must be https';
  if (isIP(host) !== 0 && !isPublicAddress(host)) return 'must be a public address';
  if (INNER_NAMES.test(host) || (isIP(host) === 0 && !host.includes('.'))) return 'must be a public name';
  return undefined;
};
