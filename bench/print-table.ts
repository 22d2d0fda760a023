type Rows = readonly Readonly<Record<string, string | number>>[];

/** Rows as a Markdown table, without a line break at its end. */
export const tableText = (rows: Rows): string => {
  const names = Object.keys(rows[0] ?? {});
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  const body = rows.map((row) => line(names.map((name) => row[name] ?? '')));
  return [line(names), line(names.map(() => '---')), ...body].join('\n');
};

/** Prints rows as a Markdown table, so that what is published is what was printed. */
export const printTable = (rows: Rows): void => {
  process.stdout.write(`${tableText(rows)}\n\n`);
};
