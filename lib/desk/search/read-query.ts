// @pure

import { normalName } from '../core/normal-name.ts';

/** What somebody may have meant; several at once where they look alike. */
export interface Meanings {
  readonly ticketId?: string;
  readonly userId?: string;
  readonly number?: number;
  /** E.164, in the order of likelihood. */
  readonly phones: readonly string[];
  readonly email?: string;
  /** A prefix of a name, as names are compared. */
  readonly name?: string;
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const ID = new RegExp(`^(tkt|usr)_${UUID}$`);
/** `#4 182`, `4182`, with any spaces. */
const NUMBER = /^#?\d{1,9}$/;
const PHONE = /^\+?\d{7,15}$/;
/** A word of one character is the name of half of everybody. */
const SHORTEST_NAME = 2;

/** A phone without a plus: as dialled abroad, as written, and with the eight that is dialled in Russia. */
const phonesOf = (digits: string): string[] => {
  if (digits.startsWith('+')) return [digits];
  if (digits.startsWith('00')) return [`+${digits.slice(2)}`];
  return [`+${digits}`, ...(/^8\d{10}$/.test(digits) ? [`+7${digits.slice(1)}`] : [])];
};

/** Reads what was typed into the search: an id, a ticket's number, a phone, an e-mail address, the beginning of a name. */
export const readQuery = (typed: string): Meanings => {
  const text = typed.normalize('NFKC').trim();
  const [, kind] = ID.exec(text.toLowerCase()) ?? [];
  if (kind === 'tkt') return { ticketId: text.toLowerCase(), phones: [] };
  if (kind === 'usr') return { userId: text.toLowerCase(), phones: [] };
  if (text.includes('@')) return { email: text, phones: [] };
  const digits = text.replaceAll(/[\s\u2010-\u2015()./-]/gu, '');
  const number = NUMBER.test(digits) ? { number: Number(digits.replace('#', '')) } : {};
  if (NUMBER.test(digits) || PHONE.test(digits))
    return { ...number, phones: PHONE.test(digits) ? phonesOf(digits) : [] };
  const name = normalName(text);
  return { phones: [], ...(name.length >= SHORTEST_NAME && { name }) };
};
