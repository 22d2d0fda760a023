import { domainToASCII, domainToUnicode } from 'node:url';
import { analyzeEmail } from '@hapi/address';
import * as z from 'zod';

/** RFC 5321, 4.5.3.1: 254 as it is sent, and room for a domain written in letters of several bytes. */
const MAX_WRITTEN_CHARS = 320;

/** Invisible marks but the two joiners, which domains of some scripts are spelt with (RFC 5892, A.1 and A.2). */
const MARKS = /(?![\u200C\u200D])[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
/** Else a URL parser would decode escapes and count in hexadecimal. */
const DOMAIN = /^(?:[\p{L}\p{M}\p{N}.。．｡-]|\u200C|\u200D)+$/u;

const split = (address: string): [local: string, domain: string] => {
  const at = address.lastIndexOf('@');
  return [address.slice(0, at), address.slice(at + 1)];
};

/**
 * An address as it is kept and sent to: nothing invisible and no spaces around it, the domain in ASCII and lower case
 * (IDNA, UTS #46), the part before the @ exactly as written, since it is its host's own affair (RFC 5321, 2.3.11).
 */
const canonicalEmail = (text: string): string => {
  const address = text.replace(MARKS, '').trim();
  const [local, domain] = split(address);
  const ascii = DOMAIN.test(domain) ? domainToASCII(domain) : '';
  return ascii === '' ? address : `${local}@${ascii}`;
};

const IP_LITERAL = /@\[[^\]]*\]$/;
const NON_ASCII = /[\u0080-\u{10FFFF}]/u;

/** Why an address is refused, in words; undefined when it is taken. */
const faultOf = (address: string): string | undefined => {
  const [local, domain] = split(address);
  if (/^".*"@/.test(address)) return 'has a quoted part before the @, which is not taken';
  if (IP_LITERAL.test(address)) return 'names a machine by its number; a domain is needed';
  if (NON_ASCII.test(local))
    return 'has letters before the @ that mail services do not carry; only the domain may have them';
  if (NON_ASCII.test(domain)) return 'has a domain that cannot exist';
  const fault = analyzeEmail(address, { allowUnicode: false });
  return fault === null || fault === undefined
    ? undefined
    : `is not an e-mail address: ${fault.error.replace(/^Address /, '').toLowerCase()}`;
};

/**
 * An e-mail address as people send it, canonical once read: RFC 5322 atext with dots before the @, lengths of RFC 5321,
 * a domain in any script or as `xn--`. Quoted local parts and address literals are refused.
 */
export const emailSchema = z
  .string()
  .min(1)
  .max(MAX_WRITTEN_CHARS)
  .overwrite(canonicalEmail)
  .superRefine((address, context) => {
    const message = faultOf(address);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  })
  .meta({
    description: 'An e-mail address; its domain in any script, or as xn--.',
    examples: ['anna@firm.example', 'anna@почта.рф'],
  });

/** A kept address as people read it: the domain in its own script. */
export const shownEmail = (address: string): string => {
  const [local, domain] = split(address);
  return `${local}@${domainToUnicode(domain) || domain}`;
};
