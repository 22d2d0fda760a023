import { NotModelled, ValidationException } from './errors.ts';
import { compare } from './order.ts';
import type { Key, KeyAttribute } from './schema.ts';
import { givenValue, type Scope, stepOf } from './scope.ts';
import type { Entry } from './sorted.ts';
import type { Condition, Operand } from './syntax.ts';
import { type Item, isBytes, typeOf, type Value } from './values.ts';

const partsOf = (condition: Condition): Condition[] =>
  condition.kind === 'and' ? [...partsOf(condition.left), ...partsOf(condition.right)] : [condition];

const namedBy = (operand: Operand, scope: Scope): string => {
  if (operand.kind !== 'path' || operand.path.length !== 1)
    throw new NotModelled('a key condition whose left side is no attribute');
  return String(stepOf(operand.path[0] ?? '', scope));
};

/** Within a partition, the entries from `isFrom` on as long as `isTo`: of both there is one turn in key order. */
interface Range {
  readonly isFrom: (value: Value) => boolean;
  readonly isTo: (value: Value) => boolean;
}

const always = (): boolean => true;
const order = (a: Value, b: Value): number => compare(a, b) ?? 0;

const comparisons: Readonly<Record<string, (than: Value) => Range>> = {
  '=': (than) => ({ isFrom: (value) => order(value, than) >= 0, isTo: (value) => order(value, than) <= 0 }),
  '<': (than) => ({ isFrom: always, isTo: (value) => order(value, than) < 0 }),
  '<=': (than) => ({ isFrom: always, isTo: (value) => order(value, than) <= 0 }),
  '>': (than) => ({ isFrom: (value) => order(value, than) > 0, isTo: always }),
  '>=': (than) => ({ isFrom: (value) => order(value, than) >= 0, isTo: always }),
};

const startsWith = (value: Value, prefix: Value): boolean => {
  if (isBytes(value) && isBytes(prefix)) return order(value.subarray(0, prefix.byteLength), prefix) === 0;
  return typeof value === 'string' && typeof prefix === 'string' && value.startsWith(prefix);
};

const sortRange = (condition: Condition, get: (operand: Operand) => Value): Range => {
  switch (condition.kind) {
    case 'compare': {
      const range = comparisons[condition.comparator];
      if (!range) throw new ValidationException(`Unsupported operator: ${condition.comparator}`);
      return range(get(condition.right));
    }
    case 'between': {
      const [low, high] = [get(condition.low), get(condition.high)];
      return { isFrom: (value) => order(value, low) >= 0, isTo: (value) => order(value, high) <= 0 };
    }
    case 'begins': {
      const prefix = get(condition.prefix);
      return {
        isFrom: (value) => order(value, prefix) >= 0,
        isTo: (value) => order(value, prefix) < 0 || startsWith(value, prefix),
      };
    }
    default:
      throw new ValidationException(`Invalid operator used in KeyConditionExpression: ${condition.kind}`);
  }
};

const subjectOf = (condition: Condition, scope: Scope): string => {
  if (condition.kind === 'compare') return namedBy(condition.left, scope);
  if (condition.kind === 'between' || condition.kind === 'begins') return namedBy(condition.operand, scope);
  throw new ValidationException(`Invalid operator used in KeyConditionExpression: ${condition.kind}`);
};

/** Place of the first entry for which it is so; it stays so for all after it. */
const turn = (entries: readonly Entry[], isSo: (item: Item) => boolean): number => {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSo((entries[middle] as Entry).item)) high = middle;
    else low = middle + 1;
  }
  return low;
};

export interface KeyQuery {
  readonly partition: Value;
  /** Those of the partition's entries that fit, in order. */
  among(entries: readonly Entry[]): readonly Entry[];
}

/** A key condition on a table or an index: one partition, and at most one range of it. Throws ValidationException at others. */
export const keyQueryOf = (condition: Condition, key: Key, scope: Scope): KeyQuery => {
  const parts = new Map<string, Condition>();
  for (const part of partsOf(condition)) {
    const name = subjectOf(part, scope);
    if (parts.has(name))
      throw new ValidationException('KeyConditionExpressions must only contain one condition per key');
    parts.set(name, part);
  }
  const getFor =
    ({ type }: KeyAttribute) =>
    (operand: Operand): Value => {
      if (operand.kind !== 'value') throw new NotModelled('a key condition whose right side is no value');
      const value = givenValue(operand, scope);
      if (typeOf(value) !== type)
        throw new ValidationException('Condition parameter type does not match schema type');
      return value;
    };
  const own = parts.get(key.partition.name);
  if (own?.kind !== 'compare' || own.comparator !== '=')
    throw new ValidationException('Query condition missed key schema element');
  const { sort } = key;
  const sorted = sort && parts.get(sort.name);
  if (parts.size !== (sorted ? 2 : 1)) throw new ValidationException('Query key condition not supported');
  const partition = getFor(key.partition)(own.right);
  if (!sort || !sorted) return { partition, among: (entries) => entries };
  const { isFrom, isTo } = sortRange(sorted, getFor(sort));
  const at = (item: Item): Value => item[sort.name] as Value;
  return {
    partition,
    among: (entries) =>
      entries.slice(
        turn(entries, (item) => isFrom(at(item))),
        turn(entries, (item) => !isTo(at(item))),
      ),
  };
};
