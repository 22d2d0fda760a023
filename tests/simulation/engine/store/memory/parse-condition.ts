import { ValidationException } from './errors.ts';
import { Reader } from './reader.ts';
import type { Comparator, Condition, Operand, Parsed } from './syntax.ts';

const COMPARATORS: ReadonlySet<string> = new Set<Comparator>(['=', '<>', '<', '<=', '>', '>=']);

/** A part of a condition; `inParentheses`: nothing but parentheses around another. */
interface Part {
  readonly condition: Condition;
  readonly inParentheses: boolean;
}

const bare = (condition: Condition): Part => ({ condition, inParentheses: false });

/** Arguments of a function whose name has been read. */
const between = <T>(reader: Reader, read: () => T): T => {
  reader.expect('(');
  const args = read();
  reader.expect(')');
  return args;
};

const operandOf = (reader: Reader): Operand => {
  if (reader.peek().kind === 'value') return reader.value();
  if (reader.peek().text === 'size' && reader.isSymbol('(', 1)) {
    reader.next();
    return { kind: 'size', path: between(reader, () => reader.path()) };
  }
  return { kind: 'path', path: reader.path() };
};

const twoOperands = (reader: Reader): [Operand, Operand] =>
  between(reader, () => {
    const first = operandOf(reader);
    reader.expect(',');
    return [first, operandOf(reader)];
  });

const functions: Readonly<Record<string, (reader: Reader) => Condition>> = {
  attribute_exists: (reader) => ({
    kind: 'exists',
    path: between(reader, () => reader.path()),
    isWanted: true,
  }),
  attribute_not_exists: (reader) => ({
    kind: 'exists',
    path: between(reader, () => reader.path()),
    isWanted: false,
  }),
  attribute_type: (reader) => {
    const [operand, type] = twoOperands(reader);
    if (operand.kind !== 'path') throw new ValidationException('attribute_type takes a path');
    return { kind: 'type', path: operand.path, type };
  },
  begins_with: (reader) => {
    const [operand, prefix] = twoOperands(reader);
    return { kind: 'begins', operand, prefix };
  },
  contains: (reader) => {
    const [operand, part] = twoOperands(reader);
    return { kind: 'contains', operand, part };
  },
};

const comparisonOf = (reader: Reader): Condition => {
  const left = operandOf(reader);
  if (reader.takesKeyword('BETWEEN')) {
    const low = operandOf(reader);
    if (!reader.takesKeyword('AND')) reader.fail();
    return { kind: 'between', operand: left, low, high: operandOf(reader) };
  }
  if (reader.takesKeyword('IN'))
    return { kind: 'in', operand: left, among: between(reader, () => reader.list(() => operandOf(reader))) };
  const { text } = reader.peek();
  if (!COMPARATORS.has(text)) reader.fail();
  reader.next();
  return { kind: 'compare', comparator: text as Comparator, left, right: operandOf(reader) };
};

const partOf = (reader: Reader): Part => {
  if (reader.takesKeyword('NOT')) return bare({ kind: 'not', of: partOf(reader).condition });
  if (reader.takes('(')) {
    const inner = anyOf(reader);
    reader.expect(')');
    if (inner.inParentheses) throw new ValidationException('The expression has redundant parentheses;');
    return { condition: inner.condition, inParentheses: true };
  }
  const named = reader.isSymbol('(', 1) ? functions[reader.peek().text] : undefined;
  if (named) {
    reader.next();
    return bare(named(reader));
  }
  return bare(comparisonOf(reader));
};

const allOf = (reader: Reader): Part => {
  let part = partOf(reader);
  while (reader.takesKeyword('AND'))
    part = bare({ kind: 'and', left: part.condition, right: partOf(reader).condition });
  return part;
};

const anyOf = (reader: Reader): Part => {
  let part = allOf(reader);
  while (reader.takesKeyword('OR'))
    part = bare({ kind: 'or', left: part.condition, right: allOf(reader).condition });
  return part;
};

/** Reads a condition, a filter or a key condition. Throws ValidationException at what is none. */
export const parseCondition = (expression: string): Parsed<Condition> => {
  const reader = new Reader(expression);
  return reader.finish(anyOf(reader).condition);
};
