// @pure

import type { Encoding } from '../model.ts';

/** GSM 03.38 default alphabet: one septet each. Source: 3GPP TS 23.038, 6.2.1. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** The extension table: an escape and the character, two septets that stay together. */
const EXTENDED = new Set('^{}\\[~]|€\f');

/** Units in one message, and in each part when there are several: a 6-byte header takes 7 septets or 3 UTF-16 units. */
const ROOM = { 'gsm-7': { single: 160, part: 153 }, 'ucs-2': { single: 70, part: 67 } } as const;

export interface Segments {
  readonly encoding: Encoding;
  readonly parts: number;
  /** Septets or UTF-16 units, without what a split leaves empty. */
  readonly units: number;
}

const unitsOf = (character: string, encoding: Encoding): number =>
  encoding === 'ucs-2' ? character.length : EXTENDED.has(character) ? 2 : 1;

/** An escaped pair and a surrogate pair are never split: what does not fit whole begins the next part. */
const partsOf = (sizes: readonly number[], room: number): number => {
  let parts = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > room) {
      parts += 1;
      used = 0;
    }
    used += size;
  }
  return parts;
};

/** How a text travels: GSM-7 when every character is in its tables, else UCS-2. */
export const segmentsOf = (text: string): Segments => {
  const characters = [...text];
  const encoding = characters.every((each) => BASIC.has(each) || EXTENDED.has(each)) ? 'gsm-7' : 'ucs-2';
  const sizes = characters.map((each) => unitsOf(each, encoding));
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const { single, part } = ROOM[encoding];
  return { encoding, units, parts: units <= single ? 1 : partsOf(sizes, part) };
};

/** The placeholder of the code until hand-off. */
export const CODE_PLACE = '{code}';

/** The text as long as it will be: codes have six digits. */
export const withCode = (text: string, code = '000000'): string => text.replaceAll(CODE_PLACE, code);
