import { LINK, TAG } from './marked-source-rules.ts';

/** What a mail program makes a link of by itself: a scheme, or www. */
const ADDRESS = /(?:([a-z][a-z0-9+.-]*):\/\/|\bwww\.)([^\s/?#"'<>]*)/giu;

const addressFault = (text: string, hosts: readonly string[]): string | undefined => {
  for (const [whole, scheme = 'https', host = ''] of text.matchAll(ADDRESS)) {
    const name = whole.toLowerCase().startsWith('www.') ? `www.${host}` : host;
    if (scheme.toLowerCase() !== 'https') return `only https addresses are taken: ${scheme}://`;
    if (!hosts.includes(name.toLowerCase())) return 'an address leads to a host that is not listed';
  }
  return undefined;
};

/**
 * Why one line of a marked source is refused, in words; undefined when it is taken. A link is the whole line, so that nothing
 * stands before or behind it which a mail program would take for one address with it.
 */
const lineFault = (line: string, hosts: readonly string[]): string | undefined => {
  if (line.includes(LINK) && line.replaceAll(TAG, '').trim() !== LINK) {
    return 'variable link stands alone in its line';
  }
  return addressFault(line, hosts);
};

/** Why a marked source of plain text is refused, in words; undefined when it is taken. */
export const textFault = (marked: string, hosts: readonly string[]): string | undefined =>
  marked
    .split(/[\r\n]+/)
    .map((line) => lineFault(line, hosts))
    .find((fault) => fault !== undefined);
