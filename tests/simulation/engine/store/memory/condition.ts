import { NotModelled } from './errors.ts';
import { areSame, compare } from './order.ts';
import { givenValue, type Scope, valueAt } from './scope.ts';
import type { Comparator, Condition, Operand } from './syntax.ts';
import { type Item, isBytes, isList, isMap, isSet, typeOf, type Value } from './values.ts';

/** AWS says "length", and not of what. */
const lengthOf = (text: string): number => {
  if (Buffer.byteLength(text) > text.length) throw new NotModelled('the size of a text beyond ASCII');
  return text.length;
};

const sizeOf = (value: Value | undefined): number | undefined => {
  if (typeof value === 'string') return lengthOf(value);
  if (isBytes(value)) return value.byteLength;
  if (isSet(value)) return value.size;
  if (isList(value)) return value.length;
  return isMap(value) ? Object.keys(value).length : undefined;
};

const read = (operand: Operand, item: Item | undefined, scope: Scope): Value | undefined => {
  if (operand.kind === 'value') return givenValue(operand, scope);
  const value = valueAt(item, operand.path, scope);
  return operand.kind === 'size' ? sizeOf(value) : value;
};

const orders: Readonly<Record<Exclude<Comparator, '=' | '<>'>, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** What is not there equals nothing, and has no order. */
export const holdsBetween = (
  comparator: Comparator,
  left: Value | undefined,
  right: Value | undefined,
): boolean => {
  if (left === undefined || right === undefined) return comparator === '<>';
  if (comparator === '=') return areSame(left, right);
  if (comparator === '<>') return !areSame(left, right);
  const order = compare(left, right);
  return order !== undefined && orders[comparator](order);
};

const beginsWith = (value: Value | undefined, prefix: Value | undefined): boolean => {
  if (typeof value === 'string' && typeof prefix === 'string') return value.startsWith(prefix);
  if (!isBytes(value) || !isBytes(prefix)) return false;
  return areSame(value.subarray(0, prefix.byteLength), prefix);
};

const contains = (value: Value | undefined, part: Value | undefined): boolean => {
  if (part === undefined) return false;
  if (typeof value === 'string') return typeof part === 'string' && value.includes(part);
  if (isBytes(value)) return isBytes(part) && Buffer.from(value).includes(Buffer.from(part));
  return (isSet(value) || isList(value)) && [...value].some((each) => areSame(each, part));
};

/** Whether a condition holds for an item; undefined: there is none. */
export const holds = (condition: Condition, item: Item | undefined, scope: Scope): boolean => {
  const get = (operand: Operand): Value | undefined => read(operand, item, scope);
  switch (condition.kind) {
    case 'compare':
      return holdsBetween(condition.comparator, get(condition.left), get(condition.right));
    case 'between': {
      const value = get(condition.operand);
      return holdsBetween('>=', value, get(condition.low)) && holdsBetween('<=', value, get(condition.high));
    }
    case 'in':
      return condition.among.some((each) => holdsBetween('=', get(condition.operand), get(each)));
    case 'exists':
      return (valueAt(item, condition.path, scope) !== undefined) === condition.isWanted;
    case 'type': {
      const value = valueAt(item, condition.path, scope);
      return value !== undefined && typeOf(value) === get(condition.type);
    }
    case 'begins':
      return beginsWith(get(condition.operand), get(condition.prefix));
    case 'contains':
      return contains(get(condition.operand), get(condition.part));
    case 'not':
      return !holds(condition.of, item, scope);
    case 'and':
      return holds(condition.left, item, scope) && holds(condition.right, item, scope);
    case 'or':
      return holds(condition.left, item, scope) || holds(condition.right, item, scope);
  }
};
