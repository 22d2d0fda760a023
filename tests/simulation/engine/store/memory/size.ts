import { decimalOf, type StoredNumber } from './decimal.ts';
import { type Item, isBytes, isList, isNumber, isSet, type Value } from './values.ts';

/** A number takes a byte for each pair of digits, counted from the point, and one more; a minus one more still. */
const numberBytes = (value: StoredNumber): number => {
  const { digits, exponent } = decimalOf(value);
  const isNegative = digits < 0n;
  const text = String(isNegative ? -digits : digits);
  const significant = text.replace(/0+$/, '');
  if (significant === '') return 1;
  const lowest = exponent + text.length - significant.length;
  const highest = lowest + significant.length - 1;
  const pairs = Math.floor(highest / 2) - Math.floor(lowest / 2) + 1;
  return pairs + 1 + (isNegative ? 1 : 0);
};

const CONTAINER_BYTES = 3;
const MEMBER_BYTES = 1;

/** Source: DynamoDB Developer Guide, "DynamoDB item sizes and formats". */
const valueBytes = (value: Value): number => {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (isNumber(value)) return numberBytes(value);
  if (value === null || typeof value === 'boolean') return 1;
  if (isBytes(value)) return value.byteLength;
  let bytes = 0;
  if (isSet(value)) {
    for (const each of value) bytes += valueBytes(each);
    return bytes;
  }
  bytes = CONTAINER_BYTES;
  if (isList(value)) {
    for (const each of value) bytes += MEMBER_BYTES + valueBytes(each);
    return bytes;
  }
  for (const name in value) bytes += MEMBER_BYTES + attributeBytes(name, (value as Item)[name] as Value);
  return bytes;
};

const attributeBytes = (name: string, value: Value): number => Buffer.byteLength(name) + valueBytes(value);

export const itemBytes = (item: Item): number => {
  let bytes = 0;
  for (const name in item) bytes += attributeBytes(name, item[name] as Value);
  return bytes;
};
