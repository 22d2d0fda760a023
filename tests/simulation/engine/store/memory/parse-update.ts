import { ValidationException } from './errors.ts';
import { Reader } from './reader.ts';
import type { Action, Parsed, Path, Source } from './syntax.ts';

const callOf = <T>(reader: Reader, read: () => T): T => {
  reader.next();
  reader.expect('(');
  const call = read();
  reader.expect(')');
  return call;
};

const termOf = (reader: Reader): Source => {
  const { kind, text } = reader.peek();
  if (kind === 'value') return reader.value();
  if (!reader.isSymbol('(', 1)) return { kind: 'path', path: reader.path() };
  if (text === 'if_not_exists')
    return callOf(reader, () => {
      const path = reader.path();
      reader.expect(',');
      return { kind: 'ifNotExists', path, otherwise: termOf(reader) };
    });
  if (text === 'list_append')
    return callOf(reader, () => {
      const left = termOf(reader);
      reader.expect(',');
      return { kind: 'append', left, right: termOf(reader) };
    });
  throw new ValidationException(`Invalid function name; function: ${text}`);
};

const sourceOf = (reader: Reader): Source => {
  const left = termOf(reader);
  const isMinus = reader.isSymbol('-');
  if (!reader.takes('+') && !reader.takes('-')) return left;
  return { kind: 'sum', isMinus, left, right: termOf(reader) };
};

const clauses: Readonly<Record<string, (reader: Reader) => Action>> = {
  SET: (reader) => {
    const path = reader.path();
    reader.expect('=');
    return { kind: 'set', path, source: sourceOf(reader) };
  },
  REMOVE: (reader) => ({ kind: 'remove', path: reader.path() }),
  ADD: (reader) => ({ kind: 'add', path: reader.path(), value: reader.value() }),
  DELETE: (reader) => ({ kind: 'delete', path: reader.path(), value: reader.value() }),
};

/** Reads what an update does. Throws ValidationException at what is no update. */
export const parseUpdate = (expression: string): Parsed<readonly Action[]> => {
  const reader = new Reader(expression);
  const actions: Action[] = [];
  const seen = new Set<string>();
  while (reader.peek().kind === 'word') {
    const name = reader.next().text.toUpperCase();
    const clause = clauses[name];
    if (!clause) return reader.fail();
    if (seen.has(name))
      throw new ValidationException(`The "${name}" section can only be used once in an update expression;`);
    seen.add(name);
    actions.push(...reader.list(() => clause(reader)));
  }
  if (actions.length === 0) throw new ValidationException('The expression can not be empty;');
  return reader.finish(actions);
};

/** Reads the attributes that an answer is to hold. */
export const parseProjection = (expression: string): Parsed<readonly Path[]> => {
  const reader = new Reader(expression);
  return reader.finish(reader.list(() => reader.path()));
};
