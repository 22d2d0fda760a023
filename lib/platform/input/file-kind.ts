/**
 * Kinds of files that people may send, by MIME type. Nothing that a browser would run is among them (SVG, HTML, XML); what is
 * text may look like it, and is handed out as a download only (R-FILE-01).
 */
export const fileKinds = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/heic',
  'image/heif',
  'image/avif',
  'application/pdf',
  'text/plain',
] as const;
export type FileKind = (typeof fileKinds)[number];

/** The part of a file that is checked, in bytes. */
export const HEAD_BYTES = 4096;

/** A file's first bytes, the size of all of it, and of which types a file begins so. */
export interface Head {
  readonly bytes: Uint8Array;
  readonly sizeBytes: number;
  readonly types: readonly string[];
}

const latin1 = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.subarray(from, to)).toString('latin1');

/** Brands of a file in ISO's base media format (ISO/IEC 14496-12, 4.3): the major one and those it is compatible with. */
const brandsOf = (bytes: Uint8Array): string[] => {
  if (latin1(bytes, 4, 8) !== 'ftyp') return [];
  const size = Math.min(Buffer.from(bytes).readUInt32BE(0), bytes.length);
  const brands = latin1(bytes, 8, size).match(/.{4}/gs) ?? [];
  return brands.filter((_, index) => index !== 1); // the second is the minor version
};

/** ISO/IEC 23008-12, annex B; AV1 Image File Format, section 6. */
const HEIC = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs'];
const BRANDS: Readonly<Record<'image/heic' | 'image/heif' | 'image/avif', readonly string[]>> = {
  'image/heic': HEIC,
  'image/heif': [...HEIC, 'mif1', 'msf1'],
  'image/avif': ['avif', 'avis'],
};

const PDF_HEADER = '%PDF-';
/** Readers look for the header within so many bytes (Adobe's implementation note 13 to PDF 1.7, appendix H). */
const PDF_HEADER_WITHIN = 1024;
const MARKUP = /<[a-z!?/]/i;

const isPdf = (bytes: Uint8Array): boolean => {
  const start = latin1(bytes, 0, PDF_HEADER_WITHIN);
  const at = start.indexOf(PDF_HEADER);
  return at >= 0 && !MARKUP.test(start.slice(0, at));
};

const decodes = ({ bytes, sizeBytes }: Head, encoding: string): boolean => {
  try {
    // A head may end within a character; a whole file may not.
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes, {
      stream: bytes.length < sizeBytes,
    });
    return !text.includes('\0');
  } catch {
    return false;
  }
};

/** Tab to carriage return, escape (ISO-2022-JP, coloured logs) and the end mark of DOS. */
const TEXT_CONTROLS = new Set([9, 10, 11, 12, 13, 26, 27]);

/** Of any eight-bit encoding or a multi-byte one over ASCII: no zeros and no control characters but those of text. */
const isOtherText = (bytes: Uint8Array): boolean =>
  bytes.every((byte) => (byte >= 32 && byte !== 127) || TEXT_CONTROLS.has(byte));

const isText = (head: Head): boolean => {
  const { bytes } = head;
  if (bytes.length === 0) return true;
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodes(head, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodes(head, 'utf-16be');
  return decodes(head, 'utf-8') || isOtherText(bytes);
};

/** Whether a file begins as its declared kind must. What the store says of the type is the uploader's word. */
export const looksLike = (head: Head, kind: string): boolean => {
  if (kind === 'application/pdf') return isPdf(head.bytes);
  if (kind in BRANDS) {
    const brands = brandsOf(head.bytes);
    return BRANDS[kind as keyof typeof BRANDS].some((brand) => brands.includes(brand));
  }
  if (kind !== 'text/plain') return head.types.includes(kind);
  return isText(head) && !fileKinds.some((other) => other !== 'text/plain' && looksLike(head, other));
};
