/** Prints rows as a Markdown table, so that what is published is what was printed. */
export const printTable = (rows: readonly Readonly<Record<string, string | number>>[]): void => {
  const names = Object.keys(rows[0] ?? {});
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  const body = rows.map((row) => line(names.map((name) => row[name] ?? '')));
  process.stdout.write(`${[line(names), line(names.map(() => '---')), ...body].join('\n')}\n\n`);
};
