// @pure

import { isIP } from 'node:net';
import { isLoopback, isPublicAddress } from './ip-address.ts';

/** Where requests to addresses that people type may go. */
export interface AddressRules {
  readonly ports: readonly number[];
  /** The local run: servers on this very machine, at any port, without TLS. */
  readonly loopback: boolean;
  /** `name` or `name:port`: these hosts and no others; a port named here is open besides `ports`. */
  readonly hosts?: readonly string[] | undefined;
}

/** Names that stand for this machine or an inner network, whatever a resolver says of them (RFC 6761, RFC 6762, RFC 8375). */
const INNER_NAMES = /(^|\.)(localhost|local|internal|home|lan|intranet|corp|localdomain|home\.arpa)\.?$/i;
const HTTPS_PORT = 443;

/** An IPv6 address without its brackets. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1');

/** Whether this is the local run's own machine, named by its address: a name could be resolved to another. */
export const isLoopbackUrl = (url: URL): boolean => isLoopback(hostOf(url));

const hostFault = (host: string): string | undefined => {
  if (isIP(host) !== 0) return isPublicAddress(host) ? undefined : 'must be a public address';
  return INNER_NAMES.test(host) || !host.includes('.') ? 'must be a public name' : undefined;
};

const listFault = (url: URL, port: number, { hosts, ports }: AddressRules): string | undefined => {
  const host = hostOf(url);
  const named = hosts?.includes(`${host}:${port}`);
  if (hosts && !named && !hosts.includes(host)) return 'is not on the list of allowed hosts';
  return named || ports.includes(port) ? undefined : `must use port ${ports.join(' or ')}`;
};

/** Why no request may go to this address; undefined when nothing speaks against it as far as its text tells. */
export const addressFault = (text: string, rules: AddressRules): string | undefined => {
  if (!URL.canParse(text)) return 'is not a URL';
  const url = new URL(text);
  if (url.username || url.password) return 'must not hold a user name or password';
  if (url.hash) return 'must not hold a fragment';
  if (rules.loopback && isLoopbackUrl(url)) {
    return ['http:', 'https:'].includes(url.protocol) ? undefined : 'must be http or https';
  }
  if (url.protocol !== 'https:') return 'must be https';
  return hostFault(hostOf(url)) ?? listFault(url, Number(url.port || HTTPS_PORT), rules);
};

/** An error of a request that never left; `call-provider.ts` knows it by its code. */
export const addressRefused = (why: string): Error =>
  Object.assign(new Error(`the address ${why}`), { code: 'EADDRESSREFUSED' });
