import { lazily } from '../storage/stored-schema.ts';
import type { FileKind } from './file-kind.ts';
import { textUpTo } from './pasted-text.ts';

const MAX_GIVEN_CHARS = 1000;
const MAX_NAME_CHARS = 200;

export const fileNameSchema = textUpTo(MAX_GIVEN_CHARS).meta({
  description: `Kept without path and what file systems cannot hold, cut to ${MAX_NAME_CHARS} characters.`,
});

/**
 * Path separators, what Windows and shells read something into, control characters, halves of surrogate pairs, and every
 * mark that hides or turns text. The two joiners stay: Persian and emoji families are written with them.
 */
const UNSAFE =
  /[\\/:*?"<>|\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/gu;

/** Devices of Windows, with any extension (learn.microsoft.com, "Naming Files, Paths, and Namespaces"). */
const RESERVED = /^(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])(?:\.|$)/i;

/** Extensions under which a kind is saved; the first is put to a name that ends otherwise, so that nothing opens as a program. */
const EXTENSIONS: Readonly<Record<FileKind, readonly [string, ...string[]]>> = {
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'image/heic': ['heic', 'heif', 'hif'],
  'image/heif': ['heif', 'heic', 'hif'],
  'image/avif': ['avif'],
  'application/pdf': ['pdf'],
  'text/plain': [
    'txt',
    'text',
    'log',
    'csv',
    'tsv',
    'md',
    'json',
    'ini',
    'conf',
    'yaml',
    'yml',
    'srt',
    'vcf',
    'ics',
  ],
};

const EXTENSION = /\.([^. ]{1,20})$/u;

/** Its tables are read when it is made: some ten milliseconds. */
const characters = lazily(() => new Intl.Segmenter(undefined, { granularity: 'grapheme' }));

/** The beginning of a text of at most so many code points, ending where a character as people see it ends. */
const beginning = (text: string, maxChars: number): string => {
  let [kept, room] = ['', maxChars];
  for (const { segment } of characters().segment(text)) {
    room -= [...segment].length;
    if (room < 0) break;
    kept += segment;
  }
  return kept;
};

/**
 * A file name to show and to save under: no path, nothing that hides or turns the text, no name that a file system
 * reserves, an extension of its kind, at most 200 characters with the extension kept. `%` and `#` stay.
 */
export const safeFileName = (fileName: string, kind: FileKind): string => {
  const last = fileName.split(/[\\/]/).at(-1) ?? '';
  const clean = last
    .replace(UNSAFE, '')
    .replace(/^[\s.]+|[\s.]+$/gu, '')
    .normalize('NFC');
  const name = RESERVED.test(clean) ? `_${clean}` : clean;
  const ending = EXTENSION.exec(name)?.[1];
  const fits = ending === undefined || EXTENSIONS[kind].includes(ending.toLowerCase());
  const extension = fits ? (ending ?? '') : EXTENSIONS[kind][0];
  const stem = fits && ending !== undefined ? name.slice(0, -ending.length - 1) : name;
  const tail = extension === '' ? '' : `.${extension}`;
  return (beginning(stem, MAX_NAME_CHARS - tail.length).trimEnd() || 'file') + tail;
};
