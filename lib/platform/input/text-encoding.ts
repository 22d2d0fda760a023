/** Bytes as text, when their encoding can be determined. */
export type DecodedText =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1251';
    }
  | { readonly kind: 'unknown' };

const decode = (bytes: Uint8Array, encoding: string): string | undefined => {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
};

const startsWith = (bytes: Uint8Array, ...mark: number[]): boolean =>
  mark.every((byte, index) => bytes[index] === byte);

/** Every second byte of ASCII in UTF-16 is zero: which one tells the order. A header line of a table is ASCII. */
const utf16Without = (bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined => {
  if (bytes.length < 4) return undefined;
  if (bytes[1] === 0 && bytes[3] === 0) return 'utf-16le';
  return bytes[0] === 0 && bytes[2] === 0 ? 'utf-16be' : undefined;
};

/** Letters of Russian, Ukrainian and Belarusian, and what is set among them. */
const SLAVIC = /^[\t\n\r\x20-\x7EА-яЁёЄєІіЇїҐґЎў«»„“”‘’–—…№°©\u00A0]*$/;
/** In another eight-bit encoding letters change their case or their script within a word. */
const GARBLED =
  /[а-яёєіїґў][А-ЯЁЄІЇҐЎ]|\p{Script=Latin}\p{Script=Cyrillic}|\p{Script=Cyrillic}\p{Script=Latin}/u;

/**
 * Reads bytes as UTF-8, as UTF-16 (by its mark, or by the positions of its zeros) or as windows-1251, the latter only when that
 * gives words of Russian, Ukrainian or Belarusian. What may be something else is not guessed.
 */
export const decodeText = (bytes: Uint8Array): DecodedText => {
  const utf16 = startsWith(bytes, 0xff, 0xfe)
    ? 'utf-16le'
    : startsWith(bytes, 0xfe, 0xff)
      ? 'utf-16be'
      : utf16Without(bytes);
  const encoding = utf16 ?? 'utf-8';
  const text = decode(bytes, encoding);
  if (text !== undefined) return { kind: 'text', text, encoding };
  const cyrillic = utf16 === undefined ? decode(bytes, 'windows-1251') : undefined;
  const good = cyrillic !== undefined && SLAVIC.test(cyrillic) && !GARBLED.test(cyrillic);
  return good ? { kind: 'text', text: cyrillic, encoding: 'windows-1251' } : { kind: 'unknown' };
};
