import { createHash } from 'node:crypto';

/** What happened, line by line: the last of it for people, all of it as a hash that says whether two runs were the same. */
export interface Trace {
  say(line: string): void;
  hash(): string;
  tail(): readonly string[];
}

const TAIL = 60;

export const createTrace = (nowMs: () => number, options: { echo?: (line: string) => void } = {}): Trace => {
  const startMs = nowMs();
  const hash = createHash('sha256');
  const tail: string[] = [];
  return {
    say: (what) => {
      const line = `+${((nowMs() - startMs) / 1000).toFixed(3)} ${what}`;
      hash.update(line);
      tail.push(line);
      if (tail.length > 2 * TAIL) tail.splice(0, TAIL);
      options.echo?.(line);
    },
    hash: () => hash.copy().digest('hex').slice(0, 16),
    tail: () => tail.slice(-TAIL),
  };
};
