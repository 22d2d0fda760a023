// @pure

import { plainForm } from '../../platform/input/name.ts';
import { LINK, TAG, VALUE } from './marked-source.ts';

/** What a mail program makes a link of by itself: a scheme (no longer than any in use, so that a long word costs no time), or www. */
const ADDRESS = /(?:([a-z][a-z0-9+.-]{0,30}):\/\/|\bwww\.)([^\s/?#"'<>]*)/giu;

const addressFault = (text: string, hosts: readonly string[]): string | undefined => {
  for (const [whole, scheme = 'https', host = ''] of text.matchAll(ADDRESS)) {
    const name = whole.toLowerCase().startsWith('www.') ? `www.${host}` : host;
    if (scheme.toLowerCase() !== 'https') return `only https addresses are taken: ${scheme}://`;
    if (!hosts.includes(name.toLowerCase())) return 'an address leads to a host that is not listed';
  }
  return undefined;
};

const LABEL = `[\\p{L}\\p{M}\\p{N}_${VALUE}-]+`;
/** Words with dots between them, and what would belong to the address behind them. From a word's beginning: in time of the line's length. */
const DOTTED = new RegExp(`(?<!${LABEL.slice(0, -1)})(${LABEL}(?:\\.${LABEL})+)([:/?#][^\\s"'<>]*)?`, 'gu');
const HTTPS = /https:\/\/[^\s"'<>]*/giu;
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
/** A top-level domain has two letters at least, whatever a variable prints. */
const TOP_LEVEL = new RegExp(`\\p{L}.|.\\p{L}|${VALUE}`, 'u');

/** What of a line a reader sees: Liquid's tags print nothing, nor do characters without width. */
const visible = (line: string): string => plainForm(line.replaceAll(TAG, '').replaceAll(/\p{Cf}/gu, ''));

/**
 * A name without a scheme, of which many programs make a link all the same. Recognised by its shape and not by a list of the top-level
 * domains there are: new ones come every year, and an e-mail outlives the list.
 */
const nameFault = (line: string, hosts: readonly string[]): string | undefined => {
  for (const [, host = '', rest = ''] of visible(line).replaceAll(HTTPS, ' ').matchAll(DOTTED)) {
    const isName = TOP_LEVEL.test(host.slice(host.lastIndexOf('.') + 1)) || IPV4.test(host);
    if (!isName || (hosts.includes(host.toLowerCase()) && !rest.includes('@'))) continue;
    const shown = host.replaceAll(VALUE, '{{ … }}').slice(0, 80);
    return `${shown} reads as an address of a host that is not listed: a space after the dot makes words of it`;
  }
  return undefined;
};

/**
 * Why one line of a marked source is refused, in words; undefined when it is taken. A link is the whole line, so that nothing
 * is next to it which a mail program would take for one address with it.
 */
const lineFault = (line: string, hosts: readonly string[]): string | undefined => {
  if (line.includes(LINK) && line.replaceAll(TAG, '').trim() !== LINK) {
    return 'variable link stands alone in its line';
  }
  return addressFault(line, hosts) ?? nameFault(line, hosts);
};

/** Why a marked source of plain text is refused, in words; undefined when it is taken. */
export const textFault = (marked: string, hosts: readonly string[]): string | undefined =>
  marked
    .split(/[\r\n]+/)
    .map((line) => lineFault(line, hosts))
    .find((fault) => fault !== undefined);
