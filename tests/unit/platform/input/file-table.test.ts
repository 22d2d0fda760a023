import fc from 'fast-check';
import { readTable } from '../../../../lib/platform/input/file-table.ts';

const shape = { required: ['phone'], optional: ['grantedAt', 'proof'], maxRows: 5 } as const;
const rowsOf = (input: string | Uint8Array) => readTable(input, shape).rows.map(({ cells }) => cells);
const wordsOf = (input: string | Uint8Array): string => {
  try {
    readTable(input, shape);
    return 'taken';
  } catch (error) {
    expect(error).toMatchObject({ code: 'csv-invalid', kind: 'unprocessable' });
    return (error as Error).message;
  }
};

const ANNA = { phone: '+79163000103', grantedAt: '05.11.2025', proof: 'Анкета 7' };
const UTF8 = 'phone;grantedAt;proof\r\n+79163000103;05.11.2025;Анкета 7\r\n';

const utf16 = (text: string, order: 'le' | 'be', mark: boolean): Buffer => {
  const bytes = Buffer.from(`${mark ? '\uFEFF' : ''}${text}`, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};
const oneByte = (text: string, cyrillicAt: (code: number) => number): Buffer =>
  Buffer.from(
    [...text].map((each) => ((code) => (code < 128 ? code : cyrillicAt(code)))(each.charCodeAt(0))),
  );
const windows1251 = (text: string) => oneByte(text, (code) => code - 0x410 + 0xc0);
const KOI8 = 'юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ';
const koi8 = (text: string) => oneByte(text, (code) => 0xc0 + KOI8.indexOf(String.fromCharCode(code)));

test.each([
  ['semicolons', UTF8],
  ['commas', UTF8.replaceAll(';', ',')],
  ['tabs', UTF8.replaceAll(';', '\t')],
  ['bars', UTF8.replaceAll(';', '|')],
  ['a sep= line', `sep=;\r\n${UTF8}`],
  ['a byte order mark', `\uFEFF${UTF8}`],
  ['carriage returns alone', UTF8.replaceAll('\n', '')],
  ['line feeds alone', UTF8.replaceAll('\r', '')],
  ['a header in capitals with spaces', UTF8.replace('phone;grantedAt', ' PHONE ; Granted At')],
  ['a header with underscores', UTF8.replace('grantedAt', 'granted_at')],
  ['a header with invisible marks', UTF8.replace('phone', '\u200Bphone\u200E')],
  ['a quoted header', UTF8.replace('phone', '"phone"')],
  ['other columns, one with a comma in it', UTF8.replace('phone', '"a, b, c";phone').replace('+7', 'x;+7')],
  ['empty cells at the end', UTF8.replaceAll('\r\n', ';;\r\n')],
  ['empty lines', UTF8.replaceAll('\r\n', '\r\n\r\n')],
  ['UTF-8 bytes', Buffer.from(UTF8)],
  ['UTF-16 LE with a mark', utf16(UTF8, 'le', true)],
  ['UTF-16 BE with a mark', utf16(UTF8, 'be', true)],
  ['UTF-16 LE without one', utf16(UTF8, 'le', false)],
  ['UTF-16 BE without one', utf16(UTF8, 'be', false)],
  ['windows-1251', windows1251(UTF8)],
])('R-SMS-10 a table with %s is read', (_, input) => expect(rowsOf(input)).toEqual([ANNA]));

test.each([
  ['KOI8-R', koi8(UTF8), /encoding cannot be determined/],
  [
    'windows-1252',
    Buffer.from('phone;proof\n+79163000103;M\xfcller', 'latin1'),
    /encoding cannot be determined/,
  ],
  [
    'a broken UTF-16',
    Buffer.concat([utf16(UTF8, 'le', true), Buffer.from([0x00, 0xd8])]),
    /encoding cannot be determined/,
  ],
  ['replacement characters', UTF8.replace('Анкета', '\uFFFD\uFFFD'), /wrong encoding/],
  ['zeros', UTF8.replace('Анкета', 'A\0'), /wrong encoding/],
  ['no column phone', 'tel\n+79163000103', /no column "phone"/],
  ['a column twice', 'phone,Phone\n1,2', /column "phone" twice/],
  ['too many columns', `phone${',x'.repeat(50)}\n`, /more than 50 columns/],
  ['too many rows', `phone\n${'1\n'.repeat(6)}`, /more than 5 rows/],
  ['a quote that does not end', 'phone,proof\n1,"abc', /refused: ./],
  ['nothing', '', /is empty/],
  ['a mark alone', '\uFEFF\r\n', /is empty/],
])('R-SMS-10 a table with %s is refused in words', (_, input, words) =>
  expect(wordsOf(input)).toMatch(words),
);

test('R-SMS-10 rows that do not fit are named by their line, columns nobody reads by their name', () => {
  const csv = [
    'phone,Granted on,proof',
    '1,,"two',
    'lines"',
    `2,,${'x'.repeat(1001)}`,
    '3,,,,more',
    '4',
  ].join('\n');
  expect(readTable(csv, shape)).toEqual({
    rows: [
      { line: 3, cells: { phone: '1', grantedAt: '', proof: 'two\nlines' } },
      { line: 6, cells: { phone: '4', grantedAt: '', proof: '' } },
    ],
    refused: [
      { line: 4, problem: 'row-invalid', detail: expect.stringContaining('1000 characters') },
      { line: 5, problem: 'row-invalid', detail: expect.stringContaining('more cells') },
    ],
    ignoredColumns: ['Granted on'],
  });
});

test('R-SMS-10 formulas stay text, and the apostrophe of a spreadsheet goes', () => {
  const csv = "phone,proof\n'+79163000103,=HYPERLINK(1)\n'=1+1,'quoted'";
  expect(rowsOf(csv)).toEqual([
    { phone: '+79163000103', grantedAt: '', proof: '=HYPERLINK(1)' },
    { phone: '=1+1', grantedAt: '', proof: "'quoted'" },
  ]);
});

test('R-SMS-10 whatever stands in the cells and parts them, they come back', () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', 'Ж', '1', '"', ';', ',', '\t', '|', '\n', ' ', '=', '👍'),
    maxLength: 12,
  });
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }),
      fc.constantFrom(',', ';', '\t', '|'),
      (rows, delimiter) => {
        const lines = [['phone', 'proof'], ...rows].map((cells) => cells.map(quoted).join(delimiter));
        expect(rowsOf(lines.join('\r\n')).map(({ phone, proof }) => [phone, proof])).toEqual(rows);
      },
    ),
  );
});

test('R-SMS-10 no bytes make it fail in any other way', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc.string({ unit: 'binary' }),
        fc.string().map((text) => `phone\n${text}`),
      ),
      (input) => {
        expect(wordsOf(input)).toMatch(/^(taken|The table is refused: .+\.)$/s);
      },
    ),
  );
});
