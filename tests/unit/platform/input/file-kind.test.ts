import fc from 'fast-check';
import { filetypemime } from 'magic-bytes.js';
import { fileKinds, HEAD_BYTES, looksLike } from '../../../../lib/platform/input/file-kind.ts';
import { sampleFiles } from '../../../support/sample-files.ts';

const headOf = (bytes: Uint8Array, sizeBytes = bytes.length) => ({
  bytes,
  sizeBytes,
  types: filetypemime(bytes),
});
const kindsOf = (bytes: Uint8Array): string[] => fileKinds.filter((kind) => looksLike(headOf(bytes), kind));
const bytes = (...parts: (string | number[])[]): Buffer =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );
const PAD = Array.from({ length: 300 }, () => 1);

test.each(fileKinds)('R-DESK-02 a sample of %s is of that kind and of no other', (kind) => {
  // HEIC is one of the codings of HEIF.
  expect(kindsOf(sampleFiles[kind])).toEqual(kind === 'image/heic' ? ['image/heic', 'image/heif'] : [kind]);
});

test.each([0xdb, 0xe0, 0xe1, 0xe2, 0xe3, 0xed, 0xee, 0xfe, 0xc0, 0xc4])(
  'R-DESK-02 JPEG may begin with marker %#x',
  (marker) => {
    expect(kindsOf(bytes([0xff, 0xd8, 0xff, marker, 0, 16], PAD))).toEqual(['image/jpeg']);
  },
);

const iso = (major: string, ...brands: string[]) =>
  bytes([0, 0, 0, 16 + 4 * brands.length], `ftyp${major}\0\0\0\0${brands.join('')}`, PAD);

test.each([
  ['an iPhone’s photo', iso('heic', 'mif1', 'heic'), 'image/heic'],
  ['one whose major brand is general', iso('mif1', 'heic', 'MiHE'), 'image/heic'],
  ['a ten-bit photo', iso('heix', 'mif1'), 'image/heic'],
  ['a burst', iso('hevc', 'msf1'), 'image/heic'],
  ['HEIF of no coding named', iso('msf1'), 'image/heif'],
  ['AVIF', iso('avif', 'mif1', 'miaf'), 'image/avif'],
  ['an AVIF sequence', iso('avis', 'msf1'), 'image/avif'],
])('R-DESK-02 %s is taken', (_, file, kind) => expect(kindsOf(file)).toContain(kind));

test.each([
  ['a film', iso('isom', 'mp42')],
  ['a film whose minor version reads as a brand', bytes([0, 0, 0, 16], 'ftypisomheic', PAD)],
  ['a box cut short', bytes([0, 0, 0, 99], 'ftyp')],
  ['GIF', bytes('GIF89a', [0, 1, 0, 1])],
  ['a program', bytes('MZ', [0x90, 0, 3, 0])],
  ['an archive', bytes('PK', [3, 4, 20, 0, 0])],
  ['zeros', bytes([0, 0, 0, 0])],
])('R-DESK-02 %s is of no kind', (_, file) => expect(kindsOf(file)).toEqual([]));

test.each([
  ['line breaks before its header', bytes('\r\n%PDF-1.4\n', PAD), true],
  ['a byte order mark before it', bytes([0xef, 0xbb, 0xbf], '%PDF-1.7', PAD), true],
  ['the header within 1 024 bytes', bytes(' '.repeat(1019), '%PDF-1.4', PAD), true],
  ['the header behind them', bytes(' '.repeat(1020), '%PDF-1.4', PAD), false],
  ['a page before its header', bytes('<html><script>alert(1)</script>%PDF-1.4', PAD), false],
  ['a comment before its header', bytes('<!-- %PDF-1.4', PAD), false],
])('R-FILE-01 of a PDF with %s', (_, file, is) =>
  expect(looksLike(headOf(file), 'application/pdf')).toBe(is),
);

const windows1251 = Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, 0x0d, 0x0a]);

test.each([
  ['UTF-8', Buffer.from('Привет 👋\n')],
  ['UTF-8 with a mark', Buffer.from('\uFEFFПривет')],
  ['windows-1251', windows1251],
  ['KOI8-R', Buffer.from([0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4])],
  ['the DOS code page 866', Buffer.from([0x8f, 0xe0, 0xa8, 0xa2, 0xa5, 0xe2, 0x1a])],
  ['ISO-8859-1', Buffer.from('Müller', 'latin1')],
  ['Shift_JIS', Buffer.from([0x93, 0xfa, 0x96, 0x7b])],
  ['ISO-2022-JP', bytes('\x1b$BF|K\\\x1b(B')],
  ['UTF-16 LE', Buffer.from('\uFEFFПривет', 'utf16le')],
  ['UTF-16 BE', Buffer.from('\uFEFFПривет', 'utf16le').swap16()],
  ['colours of a terminal', bytes('\x1b[31mred\x1b[0m')],
  ['HTML, as a download', Buffer.from('<!doctype html><script>alert(1)</script>')],
  ['SVG, as a download', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
])('R-DESK-02 text in %s is text and nothing else', (_, file) =>
  expect(kindsOf(file)).toEqual(['text/plain']),
);

test.each([
  ['a zero', bytes('a\0b')],
  ['UTF-16 with a zero', Buffer.from('\uFEFFa\0b', 'utf16le')],
  ['half a pair in UTF-16', bytes([0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00])],
  ['control characters', bytes([0xff, 1, 2])],
])('R-DESK-02 %s is no text', (_, file) => expect(kindsOf(file)).toEqual([]));

test('R-DESK-02 a head may end within a character, in UTF-8 and UTF-16', () => {
  const utf8 = Buffer.from('п'.repeat(HEAD_BYTES)).subarray(0, HEAD_BYTES - 1);
  const utf16 = Buffer.from(`\uFEFF${'👋'.repeat(HEAD_BYTES)}`, 'utf16le').subarray(0, HEAD_BYTES);
  expect([utf8, utf16].map((head) => looksLike(headOf(head, HEAD_BYTES * 2), 'text/plain'))).toEqual([
    true,
    true,
  ]);
});

test('R-DESK-02 no bytes make looking fail, and only HEIC is of two kinds', () => {
  const begin = fc.constantFrom(
    ...Object.values(sampleFiles).map((sample) => [...sample.subarray(0, 12)]),
    [],
  );
  fc.assert(
    fc.property(begin, fc.uint8Array({ maxLength: 64 }), (start, rest) => {
      const kinds = kindsOf(Buffer.concat([Buffer.from(start), rest])).filter(
        (kind) => !kind.startsWith('image/h'),
      );
      expect(kinds.filter((kind) => kind !== 'image/avif').length).toBeLessThanOrEqual(1);
    }),
  );
});
