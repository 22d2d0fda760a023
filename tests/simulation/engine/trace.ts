import { createHash } from 'node:crypto';

/** What happened, line by line: the last of it for people, all of it as a hash that says whether two runs were the same. */
export interface Trace {
  say(line: string): void;
  hash(): string;
  tail(): readonly string[];
}

const TAIL = 60;
/** So many characters are hashed at once. */
const CHUNK = 16_384;

export const createTrace = (nowMs: () => number, options: { echo?: (line: string) => void } = {}): Trace => {
  const startMs = nowMs();
  const hash = createHash('sha256');
  const tail: string[] = [];
  let unhashed = '';
  const flush = (): void => {
    hash.update(unhashed);
    unhashed = '';
  };
  return {
    say: (what) => {
      const line = `+${((nowMs() - startMs) / 1000).toFixed(3)} ${what}`;
      unhashed += line;
      if (unhashed.length > CHUNK) flush();
      tail.push(line);
      if (tail.length > 2 * TAIL) tail.splice(0, TAIL);
      options.echo?.(line);
    },
    hash: () => {
      flush();
      return hash.copy().digest('hex').slice(0, 16);
    },
    tail: () => tail.slice(-TAIL),
  };
};
