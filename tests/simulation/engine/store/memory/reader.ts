import { ValidationException } from './errors.ts';
import { isReserved } from './reserved-words.ts';
import type { Parsed, Path, ValueNode } from './syntax.ts';
import { type Token, tokensOf } from './tokens.ts';

/** Goes through an expression token by token, and notes what it refers to. */
export class Reader {
  readonly #tokens: readonly Token[];
  readonly #names = new Set<string>();
  readonly #values = new Set<string>();
  #at = 0;

  constructor(expression: string) {
    this.#tokens = tokensOf(expression);
  }

  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)] as Token;
  }

  next(): Token {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  /** Keywords of the language may be written in any case. */
  isKeyword(word: string): boolean {
    const { kind, text } = this.peek();
    return kind === 'word' && text.toUpperCase() === word;
  }

  takesKeyword(word: string): boolean {
    const found = this.isKeyword(word);
    if (found) this.#at += 1;
    return found;
  }

  isSymbol(symbol: string, ahead = 0): boolean {
    const { kind, text } = this.peek(ahead);
    return kind === 'symbol' && text === symbol;
  }

  takes(symbol: string): boolean {
    const found = this.isSymbol(symbol);
    if (found) this.#at += 1;
    return found;
  }

  expect(symbol: string): void {
    if (!this.takes(symbol)) this.fail();
  }

  fail(): never {
    throw new ValidationException(`Syntax error; token: "${this.peek().text}"`);
  }

  /** `a.#b[2].c` */
  path(): Path {
    const steps: (string | number)[] = [this.#step()];
    for (;;) {
      if (this.takes('.')) steps.push(this.#step());
      else if (this.takes('[')) {
        const { kind, text } = this.next();
        if (kind !== 'number') this.fail();
        steps.push(Number(text));
        this.expect(']');
      } else return steps;
    }
  }

  #step(): string {
    const { kind, text } = this.peek();
    if (kind !== 'word' && kind !== 'name') this.fail();
    this.#at += 1;
    if (kind === 'name') this.#names.add(text);
    else if (isReserved(text))
      throw new ValidationException(`Attribute name is a reserved keyword; reserved keyword: ${text}`);
    return text;
  }

  value(): ValueNode {
    const { kind, text } = this.next();
    if (kind !== 'value') this.fail();
    this.#values.add(text);
    return { kind: 'value', name: text };
  }

  /** Items between commas. */
  list<T>(read: () => T): T[] {
    const items = [read()];
    while (this.takes(',')) items.push(read());
    return items;
  }

  finish<T>(tree: T): Parsed<T> {
    if (this.peek().kind !== 'end') this.fail();
    return { tree, names: this.#names, values: this.#values };
  }
}
