import { Decimal } from './decimal.ts';
import { NotModelled, ValidationException } from './errors.ts';

/**
 * What an attribute holds, as the document client has it: sets of one type as `Set`, bytes as `Uint8Array`; numbers that
 * come of sums and fit no double as `Decimal`.
 */
export type Value =
  | null
  | boolean
  | number
  | Decimal
  | string
  | Uint8Array
  | ReadonlySet<string | number | Uint8Array>
  | readonly Value[]
  | Item;

export interface Item {
  readonly [name: string]: Value;
}

/** DynamoDB's own names of its types. */
export type TypeName = 'NULL' | 'BOOL' | 'N' | 'S' | 'B' | 'SS' | 'NS' | 'BS' | 'L' | 'M';

const SCALARS: Readonly<Record<string, TypeName>> = { boolean: 'BOOL', number: 'N', string: 'S' };

export const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;
export const isSet = (value: unknown): value is ReadonlySet<string | number | Uint8Array> =>
  value instanceof Set;
export const isList = (value: unknown): value is readonly Value[] => Array.isArray(value);
export const isNumber = (value: unknown): value is number | Decimal =>
  typeof value === 'number' || value instanceof Decimal;
export const isMap = (value: Value | undefined): value is Item =>
  typeof value === 'object' &&
  value !== null &&
  !isList(value) &&
  !isSet(value) &&
  !isBytes(value) &&
  !isNumber(value);

export const typeOf = (value: Value): TypeName => {
  if (value === null) return 'NULL';
  const scalar = SCALARS[typeof value];
  if (scalar) return scalar;
  if (isBytes(value)) return 'B';
  if (isSet(value)) return `${typeOf(value.values().next().value ?? '')}S` as TypeName;
  if (isList(value)) return 'L';
  return isNumber(value) ? 'N' : 'M';
};

const DEEPEST = 32;
const LEAST_MAGNITUDE = 1e-130;

const storedNumber = (value: number): number => {
  if (!Number.isFinite(value)) throw new Error(`Special numeric value ${value} is not allowed`);
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER)
    throw new Error(`Number ${value} is out of the range of safe integers.`);
  if (value !== 0 && Math.abs(value) < LEAST_MAGNITUDE)
    throw new ValidationException('Number underflow. Attempting to store a number with magnitude too small');
  return value === 0 ? 0 : value;
};

const storedSet = (value: ReadonlySet<unknown>): Value => {
  const members = [...value].filter((each) => each !== undefined);
  if (members.length === 0) throw new Error('Pass a non-empty set, or options.convertEmptyValues=true.');
  const stored = members.map((each) => toStored(each) as string | number | Uint8Array);
  const types = new Set(stored.map(typeOf));
  const [type = 'NULL'] = types;
  if (types.size > 1 || !['S', 'N', 'B'].includes(type))
    throw new NotModelled(`a set of ${[...types].join(' and ')}`);
  return new Set(stored);
};

const isPlain = (value: object): boolean => {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

/**
 * A value as it is stored: a copy of its own, without what is undefined. Throws what the SDK throws at values that it does
 * not turn into attributes, ValidationException for those that DynamoDB refuses.
 */
export const toStored = (value: unknown, depth = 0): Value => {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return storedNumber(value);
  if (depth > DEEPEST) throw new ValidationException('Nesting Levels have exceeded supported limits');
  if (isSet(value)) return storedSet(value);
  if (isBytes(value)) return Uint8Array.from(value);
  if (Array.isArray(value))
    return value.flatMap((each) => (each === undefined ? [] : [toStored(each, depth + 1)]));
  if (typeof value !== 'object' || !isPlain(value)) throw new NotModelled(`values like ${String(value)}`);
  return toStoredMap(value, depth);
};

const toStoredMap = (map: object, depth: number): Item => {
  const stored: Record<string, Value> = {};
  for (const name in map) {
    const value = (map as Record<string, unknown>)[name];
    if (value !== undefined) stored[name] = toStored(value, depth + 1);
  }
  return stored;
};

/** An item, a key or the values of expressions, as `toStored` has them. */
export const toItem = (item: object | undefined): Item => (item ? toStoredMap(item, 0) : {});

/** What a reader gets: theirs, to do with as they like. */
export const copyOf = <T extends Value>(value: T): T => {
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(copyOf) as unknown as T;
  if (isSet(value)) return new Set(value) as unknown as T;
  if (isBytes(value)) return Uint8Array.from(value) as unknown as T;
  if (isNumber(value)) return value.toNumber() as unknown as T;
  const copy: Record<string, Value> = {};
  for (const name in value as Item) copy[name] = copyOf((value as Item)[name] as Value);
  return copy as T;
};
