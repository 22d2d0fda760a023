import fc from 'fast-check';
import { fileKinds } from '../../../../lib/platform/input/file-kind.ts';
import { fileNameSchema, safeFileName } from '../../../../lib/platform/input/file-name.ts';

const FAMILY = '👩‍👩‍👧‍👦';

test.each([
  ['report.pdf', 'report.pdf'],
  ['REPORT.PDF', 'REPORT.PDF'],
  ['Счёт № 5 (копия).pdf', 'Счёт № 5 (копия).pdf'],
  ['PO#42 100%25 & co.pdf', 'PO#42 100%25 & co.pdf'],
  ['گزارش‌ها.pdf', 'گزارش‌ها.pdf'],
  [`${FAMILY}.pdf`, `${FAMILY}.pdf`],
  ['../../etc/passwd', 'passwd'],
  ['C:\\temp\\a.pdf', 'a.pdf'],
  ['.bashrc', 'bashrc'],
  ['a\u0000b\r\n.pdf', 'ab.pdf'],
  ['fdp.\u202Eexe', 'fdp.exe.pdf'],
  ['a\u2066b\u2069\u200F.pdf', 'ab.pdf'],
  ['a\u2028b.pdf', 'ab.pdf'],
  ['..', 'file'],
  ['/', 'file'],
  ['\u200B', 'file'],
  ['.pdf', 'pdf'],
  ['a"b<c>|?*.pdf', 'abc.pdf'],
  [' report.pdf ', 'report.pdf'],
  ['report.pdf. . .', 'report.pdf'],
  ['report .pdf', 'report.pdf'],
  ['CON', '_CON'],
  ['nul.pdf', '_nul.pdf'],
  ['Com1.x.pdf', '_Com1.x.pdf'],
  ['LPT³.pdf', '_LPT³.pdf'],
  ['CONIN$', '_CONIN$'],
  ['CONTRACT.pdf', 'CONTRACT.pdf'],
  ['COM10.pdf', 'COM10.pdf'],
  ['a\uD800.pdf', 'a.pdf'],
  ['Zoe\u0308.pdf', 'Zo\u00EB.pdf'],
  ['page.html', 'page.html.pdf'],
  ['photo.jpg', 'photo.jpg.pdf'],
])('R-FILE-01 a PDF called %j is saved as %j', (given, saved) => {
  expect(safeFileName(given, 'application/pdf')).toBe(saved);
});

test.each([
  ['page.html', 'text/plain', 'page.html.txt'],
  ['run.BAT', 'text/plain', 'run.BAT.txt'],
  ['drawing.svg', 'text/plain', 'drawing.svg.txt'],
  ['link.url', 'text/plain', 'link.url.txt'],
  ['journal.log', 'text/plain', 'journal.log'],
  ['README', 'text/plain', 'README'],
  ['IMG_0001.HEIC', 'image/heic', 'IMG_0001.HEIC'],
  ['scan.jpeg', 'image/jpeg', 'scan.jpeg'],
  ['v1.2 final', 'image/png', 'v1.2 final'],
] as const)('R-FILE-01 %s as %s is saved as %s: its extension is of its kind', (given, kind, saved) => {
  expect(safeFileName(given, kind)).toBe(saved);
});

test('R-FILE-01 a long name is cut between characters as people see them, and keeps its extension', () => {
  expect(safeFileName(`${'п'.repeat(300)}.pdf`, 'application/pdf')).toBe(`${'п'.repeat(196)}.pdf`);
  expect(safeFileName(`${'a'.repeat(193)}${FAMILY}.pdf`, 'application/pdf')).toBe(`${'a'.repeat(193)}.pdf`);
  expect(safeFileName(`${'a'.repeat(189)}${FAMILY}.pdf`, 'application/pdf')).toBe(
    `${'a'.repeat(189)}${FAMILY}.pdf`,
  );
});

test('R-FILE-01 whatever name is given, what is saved is safe, and saving it again changes nothing', () => {
  const name = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({
      unit: fc.constantFrom('a', '.', ' ', '/', '\\', '\u202E', '👩‍👩‍👧', '%', 'CON', '.exe', '\u0301'),
      maxLength: 80,
    }),
  );
  fc.assert(
    fc.property(name, fc.constantFrom(...fileKinds), (given, kind) => {
      const saved = safeFileName(given, kind);
      expect(saved).toMatch(/^[^\s.][^\\/:*?"<>|\p{Cc}\u202A-\u202E\u2066-\u2069]*$/u);
      expect(saved).not.toMatch(/[. ]$|^(con|nul)(\.|$)|\.(exe|html|svg)$/i);
      expect([[...saved].length <= 200, saved.isWellFormed(), safeFileName(saved, kind)]).toEqual([
        true,
        true,
        saved,
      ]);
    }),
  );
});

test('R-FILE-01 a name may be given with a thousand characters', () => {
  expect([1000, 1001].map((chars) => fileNameSchema.safeParse('x'.repeat(chars)).success)).toEqual([
    true,
    false,
  ]);
});
