/** Colours of a terminal, or none. https://en.wikipedia.org/wiki/ANSI_escape_code#SGR */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly blue: (text: string) => string;
  readonly magenta: (text: string) => string;
  readonly cyan: (text: string) => string;
}

const ESC = '\u001B[';
const sgr = (code: number, colour: boolean) => (text: string) =>
  colour && text !== '' ? `${ESC}${code}m${text}${ESC}0m` : text;

export const paintIn = (colour: boolean): Paint => ({
  bold: sgr(1, colour),
  dim: sgr(2, colour),
  red: sgr(31, colour),
  green: sgr(32, colour),
  yellow: sgr(33, colour),
  blue: sgr(34, colour),
  magenta: sgr(35, colour),
  cyan: sgr(36, colour),
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what an escape sequence begins with
const SEQUENCES = /\u001B\[\d+m/g;

/** Columns that a text takes, colours left out. */
export const widthOf = (text: string): number => [...text.replace(SEQUENCES, '')].length;

/** Filled up or cut to so many columns; what is cut loses its colours. */
export const inWidth = (text: string, columns: number): string => {
  const width = widthOf(text);
  if (width <= columns) return text + ' '.repeat(columns - width);
  return `${[...text.replace(SEQUENCES, '')].slice(0, Math.max(0, columns - 1)).join('')}…`;
};

export const duration = (sec: number): string => {
  const whole = Math.floor(sec);
  if (sec < 10) return `${sec.toFixed(1)} s`;
  if (whole < 120) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
};
