import { negated, type StoredNumber, sumOf } from './decimal.ts';
import { NotModelled, ValidationException } from './errors.ts';
import { areSame } from './order.ts';
import { givenValue, memberOf, pathOf, type Scope, valueAt } from './scope.ts';
import type { Action, Path, Source } from './syntax.ts';
import { type Item, isList, isMap, isNumber, isSet, typeOf, type Value } from './values.ts';

const INVALID_PATH = 'The document path provided in the update expression is invalid for update';
const WRONG_TYPE = 'An operand in the update expression has an incorrect data type';
const MISSING = 'The provided expression refers to an attribute that does not exist in the item';

const asNumber = (value: Value): StoredNumber => {
  if (!isNumber(value)) throw new ValidationException(WRONG_TYPE);
  return value;
};

const asList = (value: Value): readonly Value[] => {
  if (!isList(value)) throw new ValidationException(WRONG_TYPE);
  return value;
};

/** What SET sets, read from the item as it was before the update. */
const valueFor = (source: Source, old: Item, scope: Scope): Value => {
  switch (source.kind) {
    case 'value':
      return givenValue(source, scope);
    case 'path': {
      const value = valueAt(old, source.path, scope);
      if (value === undefined) throw new ValidationException(MISSING);
      return value;
    }
    case 'ifNotExists': {
      const value = valueAt(old, source.path, scope);
      return value === undefined ? valueFor(source.otherwise, old, scope) : value;
    }
    case 'append':
      return [...asList(valueFor(source.left, old, scope)), ...asList(valueFor(source.right, old, scope))];
    case 'sum': {
      const right = asNumber(valueFor(source.right, old, scope));
      return sumOf(asNumber(valueFor(source.left, old, scope)), source.isMinus ? negated(right) : right);
    }
  }
};

const without = (map: Item, name: string): Item => {
  const { [name]: _, ...rest } = map;
  return rest;
};

/** A list or map with another value at a path, or without that path. */
const changed = (container: Value | undefined, path: Path, value: Value | undefined): Value => {
  const [step, ...below] = path;
  if (step === undefined) throw new ValidationException(INVALID_PATH);
  const next = (): Value | undefined =>
    below.length === 0 ? value : changed(memberOf(container, step), below, value);
  if (typeof step === 'string' && isMap(container)) {
    const member = next();
    return member === undefined ? without(container, step) : { ...container, [step]: member };
  }
  if (typeof step !== 'number' || !isList(container)) throw new ValidationException(INVALID_PATH);
  const member = next();
  if (member === undefined) return container.filter((_, index) => index !== step);
  if (step > container.length) throw new NotModelled('an update far beyond the end of a list');
  return container.toSpliced(step, 1, member);
};

const asItem = (item: Item, path: Path, value: Value | undefined): Item => changed(item, path, value) as Item;

const added = (before: Value | undefined, value: Value): Value => {
  if (before === undefined) return value;
  if (isNumber(value)) return sumOf(asNumber(before), value);
  if (!isSet(before) || !isSet(value) || typeOf(before) !== typeOf(value))
    throw new ValidationException(WRONG_TYPE);
  const news = [...value].filter((each) => ![...before].some((old) => areSame(old, each)));
  return new Set([...before, ...news]);
};

/** Undefined when nothing of the set is left. */
const deleted = (before: Value | undefined, value: Value): Value | undefined => {
  if (before === undefined) return undefined;
  if (!isSet(before) || !isSet(value) || typeOf(before) !== typeOf(value))
    throw new ValidationException(WRONG_TYPE);
  const left = [...before].filter((each) => ![...value].some((gone) => areSame(gone, each)));
  return left.length > 0 ? new Set(left) : undefined;
};

/** Later places of a list go first, so that the earlier ones keep their numbers. */
const fromTheEnd = (a: Path, b: Path): number => {
  const at = a.findIndex((step, index) => step !== b[index]);
  const [left, right] = [a[at], b[at]];
  return typeof left === 'number' && typeof right === 'number' ? right - left : 0;
};

/**
 * The item after an update; `old` stays as it is. Throws ValidationException where DynamoDB says so only when it sees the
 * item: an operand that is missing or of another type, a path that leads nowhere.
 */
export const updatedItem = (actions: readonly Action[], old: Item, scope: Scope): Item => {
  let item = old;
  const removed: Path[] = [];
  for (const action of actions) {
    const path = pathOf(action.path, scope);
    if (action.kind === 'remove') removed.push(path);
    else if (action.kind === 'set') item = asItem(item, path, valueFor(action.source, old, scope));
    else {
      const before = valueAt(old, action.path, scope);
      const value = givenValue(action.value, scope);
      const next = action.kind === 'add' ? added(before, value) : deleted(before, value);
      if (before !== undefined || next !== undefined) item = asItem(item, path, next);
    }
  }
  return removed.toSorted(fromTheEnd).reduce((left, path) => asItem(left, path, undefined), item);
};

const overlap = (a: Path, b: Path): boolean => {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) if (a[i] !== b[i]) return false;
  return true;
};

const requireLiteral = (source: Source, types: readonly string[], scope: Scope): void => {
  if (source.kind !== 'value') return;
  const type = typeOf(givenValue(source, scope));
  if (!types.includes(type))
    throw new ValidationException(`Incorrect operand type for operator or function; operand type: ${type}`);
};

const checkSource = (source: Source, scope: Scope): void => {
  if (source.kind === 'ifNotExists') checkSource(source.otherwise, scope);
  if (source.kind !== 'append' && source.kind !== 'sum') return;
  for (const each of [source.left, source.right]) {
    requireLiteral(each, source.kind === 'sum' ? ['N'] : ['L'], scope);
    checkSource(each, scope);
  }
};

const SETS = ['SS', 'NS', 'BS'];

/** Throws ValidationException for an update that no item makes possible, as DynamoDB does before it looks. */
export const checkActions = (actions: readonly Action[], scope: Scope, keys: readonly string[]): void => {
  const paths = actions.map(({ path }) => pathOf(path, scope));
  for (const [index, path] of paths.entries()) {
    if (keys.includes(String(path[0])))
      throw new ValidationException(
        `One or more parameter values were invalid: Cannot update attribute ${path[0]}. This attribute is part of the key`,
      );
    if (paths.slice(0, index).some((other) => overlap(path, other)))
      throw new ValidationException('Two document paths overlap with each other;');
  }
  for (const action of actions) {
    if (action.kind === 'set') checkSource(action.source, scope);
    if (action.kind === 'add') requireLiteral(action.value, ['N', ...SETS], scope);
    if (action.kind === 'delete') requireLiteral(action.value, SETS, scope);
  }
};
