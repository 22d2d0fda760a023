import { compareNumbers } from './decimal.ts';
import { type Item, isBytes, isList, isMap, isNumber, isSet, type Value } from './values.ts';

const FIRST_SURROGATE = 0xd800;

/** A code unit's place in the order of UTF-8: surrogates, which stand for what lies beyond U+FFFF, come last. */
const rank = (unit: number): number => (unit >= FIRST_SURROGATE && unit < 0xe000 ? unit + 0x10000 : unit);

const compareStrings = (a: string, b: string): number => {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const [left, right] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
};

const compareBytes = (a: Uint8Array, b: Uint8Array): number => Buffer.compare(a, b);

/** Below zero when `a` comes first; undefined for values that have no order between them. */
export const compare = (a: Value, b: Value): number | undefined => {
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b);
  return isBytes(a) && isBytes(b) ? compareBytes(a, b) : undefined;
};

const areMembersSame = (a: ReadonlySet<unknown>, b: ReadonlySet<unknown>): boolean => {
  if (a.size !== b.size) return false;
  const others = [...b];
  return [...a].every((each) =>
    isBytes(each) ? others.some((other) => isBytes(other) && compareBytes(each, other) === 0) : b.has(each),
  );
};

const areMapsSame = (a: Item, b: Item): boolean => {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => {
      const [left, right] = [a[name], b[name]];
      return left !== undefined && right !== undefined && areSame(left, right);
    })
  );
};

/** Of the same type and the same value; sets without regard to order. */
export const areSame = (a: Value, b: Value): boolean => {
  if (a === b) return true;
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b) === 0;
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  if (isBytes(a) && isBytes(b)) return compareBytes(a, b) === 0;
  if (isSet(a) && isSet(b)) return areMembersSame(a, b);
  if (isList(a) && isList(b))
    return a.length === b.length && a.every((each, index) => areSame(each, b[index] as Value));
  return isMap(a) && isMap(b) && areMapsSame(a, b);
};
