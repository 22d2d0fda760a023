import { ValidationException } from './errors.ts';

/** A word, a number, `#name`, `:name` or a symbol. */
export interface Token {
  readonly kind: 'word' | 'number' | 'name' | 'value' | 'symbol' | 'end';
  readonly text: string;
}

const TOKEN =
  /(?<space>\s+)|(?<word>[A-Za-z_][A-Za-z0-9_]*)|(?<number>[0-9]+)|(?<name>#[A-Za-z0-9_]+)|(?<value>:[A-Za-z0-9_]+)|(?<symbol><>|<=|>=|[=<>(),.[\]+-])/y;

const KINDS = ['word', 'number', 'name', 'value', 'symbol'] as const;

const MOST_BYTES = 4096;

/** Throws ValidationException at a character that no expression has, and at expressions beyond 4 KB. */
export const tokensOf = (expression: string): Token[] => {
  if (Buffer.byteLength(expression) > MOST_BYTES)
    throw new ValidationException(
      `Expression size has exceeded the maximum allowed size; expression size: ${expression.length}`,
    );
  const tokens: Token[] = [];
  for (let at = 0; at < expression.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const { groups } = TOKEN.exec(expression) ?? {};
    if (!groups) throw new ValidationException(`Syntax error; token: "${expression.slice(at, at + 10)}"`);
    const kind = KINDS.find((each) => groups[each] !== undefined);
    if (kind) tokens.push({ kind, text: groups[kind] ?? '' });
  }
  tokens.push({ kind: 'end', text: '<EOF>' });
  return tokens;
};
