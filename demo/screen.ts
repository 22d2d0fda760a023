import type { WriteStream } from 'node:tty';

const HIDE_CURSOR = '\u001B[?25l';
const SHOW_CURSOR = '\u001B[?25h';
const OTHER_SCREEN = '\u001B[?1049h';
const OWN_SCREEN = '\u001B[?1049l';
const HOME = '\u001B[H';
const CLEAR_LINE = '\u001B[K';
const CLEAR_BELOW = '\u001B[J';

/** A terminal that is drawn over. What stood in it before is there again at the end. */
export class Screen {
  readonly #out: WriteStream;

  constructor(out: WriteStream) {
    this.#out = out;
    out.write(OTHER_SCREEN + HIDE_CURSOR + HOME + CLEAR_BELOW);
  }

  get size(): { columns: number; rows: number } {
    return { columns: this.#out.columns || 80, rows: this.#out.rows || 24 };
  }

  /** In one write and without clearing first, so that nothing flickers. */
  draw(lines: readonly string[]): void {
    const text = lines.map((line) => line + CLEAR_LINE).join('\n');
    this.#out.write(HOME + text + CLEAR_BELOW);
  }

  close(): void {
    this.#out.write(SHOW_CURSOR + OWN_SCREEN);
  }
}
