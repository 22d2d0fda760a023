import ipaddr from 'ipaddr.js';

/** RFC 4291, 2.4: all that is assigned for the public internet lies here; what lies outside is special or not assigned. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');
const NETWORK_BITS = 64;
const GROUP_BITS = 16;

/**
 * Whether an address, as text, is one of the public internet: no range of the IANA special-purpose registries, no form that
 * carries an IPv4 address inside (mapped, compatible, 6to4, Teredo, NAT64). What is no IP address is not public.
 * Source: https://www.iana.org/assignments/iana-ipv6-special-registry and iana-ipv4-special-registry.
 */
export const isPublicAddress = (text: string): boolean => {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text).range() === 'unicast';
  if (!ipaddr.IPv6.isValid(text)) return false;
  const address = ipaddr.IPv6.parse(text);
  return address.match(GLOBAL_UNICAST) && address.range() === 'unicast';
};

/** This machine, and nothing else: 127.0.0.0/8 or ::1. */
export const isLoopback = (text: string): boolean =>
  (ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text)) &&
  ipaddr.process(text).range() === 'loopback';

/**
 * What counts as one caller: an IPv4 address (also written as a mapped IPv6 one), or a /64 of IPv6, since whoever has one
 * address of it has them all (RFC 4291, 2.5.4). Anything else counts as it is.
 */
export const networkOf = (text: string): string => {
  // One with a zone (`fe80::1%eth0`) is of one machine's own making.
  if (!ipaddr.IPv6.isValid(text) || text.includes('%')) return text;
  const address = ipaddr.process(text);
  if (address instanceof ipaddr.IPv4) return address.toString();
  const groups = address.parts.slice(0, NETWORK_BITS / GROUP_BITS).map((group) => group.toString(16));
  return `${groups.join(':')}::/${NETWORK_BITS}`;
};
