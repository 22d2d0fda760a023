import { parse } from 'csv-parse/sync';
import { AppError } from '../errors.ts';
import { withoutInvisible } from './pasted-text.ts';
import { decodeText } from './text-encoding.ts';

const MAX_COLUMNS = 50;
const MAX_CELL_CHARS = 1000;

export interface TableShape<Column extends string> {
  readonly required: readonly Column[];
  readonly optional?: readonly Column[];
  readonly maxRows: number;
}

export interface TableRow<Column extends string> {
  /** Of the file, from 1; the last one of a row of several lines. */
  readonly line: number;
  /** An optional column that is not there reads as ''. */
  readonly cells: Readonly<Record<Column, string>>;
}

export interface RefusedRow {
  readonly line: number;
  /** A stable code. */
  readonly problem: string;
  /** What is wrong, in words. */
  readonly detail: string;
}

export interface Table<Column extends string> {
  readonly rows: readonly TableRow<Column>[];
  readonly refused: readonly RefusedRow[];
  /** Columns of the file that were not requested. */
  readonly ignoredColumns: readonly string[];
}

/** A line of the file and its cells. */
interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

const refusedFile = (why: string, cause?: unknown): AppError =>
  new AppError('unprocessable', 'csv-invalid', `The table is refused: ${why}.`, { cause });

const textOf = (input: string | Uint8Array): string => {
  const decoded = typeof input === 'string' ? ({ kind: 'text', text: input } as const) : decodeText(input);
  if (decoded.kind === 'unknown') {
    throw refusedFile('its encoding cannot be determined; save it as UTF-8 (in Excel: "CSV UTF-8")');
  }
  if (/[\0\uFFFD]/.test(decoded.text)) {
    throw refusedFile('it was read in the wrong encoding before it came here; save it as UTF-8 first');
  }
  return decoded.text.replace(/^\uFEFF/, '');
};

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** Excel's own way to say it, in a line of its own. */
const SEP_LINE = /^sep=(.)\r?\n/i;

const countOf = (text: string, sign: string): number => text.split(sign).length - 1;

/** What parts the header's cells; in a table of one column it does not matter. */
const delimiterOf = (text: string): string => {
  const header =
    /^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text.trimStart())?.[0].replace(/"(?:[^"]|"")*"/g, '') ?? '';
  return DELIMITERS.toSorted((a, b) => countOf(header, b) - countOf(header, a))[0] ?? ',';
};

const linesOf = (text: string, maxRows: number): Line[] => {
  const sep = SEP_LINE.exec(text);
  const body = sep ? text.slice(sep[0].length) : text;
  const lines: Line[] = [];
  parse(body, {
    delimiter: sep?.[1] ?? delimiterOf(body),
    on_record: (cells: string[], context) => {
      lines.push({ line: context.lines + (sep ? 1 : 0), cells });
      return null;
    },
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    to: maxRows + 2,
    trim: true,
  });
  return lines;
};

/** `Granted At`, `granted_at` and `grantedAt` are one name. */
const nameKey = (name: string): string =>
  withoutInvisible(name)
    .toLowerCase()
    .replace(/[\s_-]+/g, '');

type Places<Column extends string> = ReadonlyMap<Column, number>;

/** The index of each requested column. Throws when one is missing or there twice. */
const placesOf = <Column extends string>(
  header: readonly string[],
  { required, optional = [] }: TableShape<Column>,
): Places<Column> => {
  if (header.length > MAX_COLUMNS) throw refusedFile(`it has more than ${MAX_COLUMNS} columns`);
  const keys = header.map(nameKey);
  const wanted = [...required, ...optional];
  const twice = wanted.find((column) => keys.filter((key) => key === nameKey(column)).length > 1);
  if (twice) throw refusedFile(`it has the column "${twice}" twice`);
  const missing = required.find((column) => !keys.includes(nameKey(column)));
  if (missing) throw refusedFile(`it has no column "${missing}" in its first line`);
  return new Map(
    wanted.flatMap((column) => {
      const place = keys.indexOf(nameKey(column));
      return place < 0 ? [] : [[column, place] as const];
    }),
  );
};

/** The apostrophe that spreadsheets put before text which begins like a formula belongs to nobody's text. */
const cellText = (cell: string): string => cell.replace(/^'(?=[=+\-@])/, '');

const rowFault = (cells: readonly string[], columns: number): string | undefined => {
  if (cells.slice(columns).some((cell) => cell !== ''))
    return `has more cells than the ${columns} of the first line`;
  if (cells.some((cell) => cell.length > MAX_CELL_CHARS))
    return `has a cell of more than ${MAX_CELL_CHARS} characters`;
  return undefined;
};

/**
 * Reads CSV with commas, semicolons, tabs or bars (detected in the first line), its header in any case and spacing, with
 * quoted line breaks and any line ending. Bytes may be UTF-8, UTF-16 or windows-1251. Cells stay text, formulas too.
 * Throws `csv-invalid` (422) saying why the file as a whole is refused; a row that does not fit is named by its line.
 */
export const readTable = <Column extends string>(
  input: string | Uint8Array,
  shape: TableShape<Column>,
): Table<Column> => {
  const text = textOf(input);
  let lines: Line[];
  try {
    lines = linesOf(text, shape.maxRows);
  } catch (error) {
    throw refusedFile(error instanceof Error ? error.message.slice(0, 200) : 'it cannot be read', error);
  }
  const [header, ...rows] = lines;
  if (!header) throw refusedFile('it is empty');
  const places = placesOf(header.cells, shape);
  if (rows.length > shape.maxRows) throw refusedFile(`it has more than ${shape.maxRows} rows`);
  const faults = rows.map(({ cells }) => rowFault(cells, header.cells.length));
  const wanted = [...shape.required, ...(shape.optional ?? [])];
  const cellsOf = (cells: readonly string[]) =>
    Object.fromEntries(
      wanted.map((column) => [column, cellText(cells[places.get(column) ?? -1] ?? '')]),
    ) as Record<Column, string>;
  return {
    rows: rows.flatMap(({ line, cells }, n) =>
      faults[n] === undefined ? [{ line, cells: cellsOf(cells) }] : [],
    ),
    refused: rows.flatMap(({ line }, n) => {
      const detail = faults[n];
      return detail === undefined ? [] : [{ line, problem: 'row-invalid', detail }];
    }),
    ignoredColumns: header.cells.filter(
      (name, place) => name !== '' && ![...places.values()].includes(place),
    ),
  };
};
