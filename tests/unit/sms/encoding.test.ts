import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { segmentsOf, withCode } from '../../../lib/sms/rules/encoding.ts';

const cases: readonly (readonly [name: string, text: string, encoding: string, parts: number])[] = [
  ['160 letters', 'a'.repeat(160), 'gsm-7', 1],
  ['161 letters', 'a'.repeat(161), 'gsm-7', 2],
  ['306 letters', 'a'.repeat(306), 'gsm-7', 2],
  ['307 letters', 'a'.repeat(307), 'gsm-7', 3],
  ['80 euros', '€'.repeat(80), 'gsm-7', 1],
  ['81 euros', '€'.repeat(81), 'gsm-7', 2],
  // 306 septets, yet the escaped pair is never split (reference, 3).
  ['a pair at the seam', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 'gsm-7', 3],
  ['a backtick', '`', 'ucs-2', 1],
  ['70 Cyrillic letters', 'я'.repeat(70), 'ucs-2', 1],
  ['71 Cyrillic letters', 'я'.repeat(71), 'ucs-2', 2],
  ['134 Cyrillic letters', 'я'.repeat(134), 'ucs-2', 2],
  ['35 emoji', '👍'.repeat(35), 'ucs-2', 1],
  ['36 emoji', '👍'.repeat(36), 'ucs-2', 2],
  // 67 units a part: 33 emoji fill 66, the 34th would be split.
  ['67 emoji', '👍'.repeat(67), 'ucs-2', 3],
  ['1 600 Cyrillic letters', 'я'.repeat(1600), 'ucs-2', 24],
  ['1 600 letters', 'a'.repeat(1600), 'gsm-7', 11],
  ['nothing', '', 'gsm-7', 1],
];

test.each(cases)('R-SMS-08 %s', (_, text, encoding, parts) => {
  expect(segmentsOf(text)).toMatchObject({ encoding, parts });
});

test.each(['`', '\t', 'ç', '«', '—', '’', '№'])('R-SMS-08 %j forces UCS-2', (character) => {
  expect(segmentsOf(`abc${character}`).encoding).toBe('ucs-2');
});

const alphabet = fc.constantFrom(...'abcXYZ 0123@£$€[]{}~^\\|éñÄ\nЖя№—👍😀');

test('R-SMS-08 parts and encoding agree with another library on any text', () => {
  const texts = fc.array(alphabet, { minLength: 1, maxLength: 400 }).map((letters) => letters.join(''));
  fc.assert(
    fc.property(texts, (text) => {
      const theirs = new SegmentedMessage(text, 'auto');
      const { encoding, parts } = segmentsOf(text);
      expect([encoding === 'gsm-7' ? 'GSM-7' : 'UCS-2', parts]).toEqual([
        theirs.encodingName,
        theirs.segments.length,
      ]);
    }),
    { numRuns: 300 },
  );
});

test('R-SMS-08 a code counts as its six digits, not as its place', () => {
  expect(withCode('Code {code}, not {code}')).toBe('Code 000000, not 000000');
  expect(segmentsOf(withCode(`${'a'.repeat(154)}{code}`)).parts).toBe(1);
});
