const MAPPED = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/;
const NETWORK_GROUPS = 4;

const canonical = (ip: string): string | undefined => {
  const host = `http://[${ip}]/`;
  return URL.canParse(host) ? new URL(host).hostname.slice(1, -1) : undefined;
};

/**
 * What counts as one address: an IPv4 address, or a /64 of IPv6, since whoever has one address of it has them all
 * (RFC 4291, 2.5.4). Anything else counts as it is.
 */
export const networkOf = (ip: string): string => {
  const full = ip.includes(':') ? canonical(ip) : undefined;
  if (full === undefined) return ip;
  const [, high, low] = MAPPED.exec(full) ?? [];
  if (high !== undefined && low !== undefined) {
    const bits = (Number.parseInt(high, 16) * 0x1_0000 + Number.parseInt(low, 16)) >>> 0;
    return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 0xff).join('.');
  }
  const [head = '', tail = ''] = full.split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const missing = 8 - groups(head).length - groups(tail).length;
  const zeros: string[] = full.includes('::') ? new Array(missing).fill('0') : [];
  return `${[...groups(head), ...zeros, ...groups(tail)].slice(0, NETWORK_GROUPS).join(':')}::/64`;
};
