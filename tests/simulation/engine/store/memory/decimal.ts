import { NotModelled } from './errors.ts';

const MOST_DIGITS = 38;

/** A number that no double is exactly, or beyond those whose integers are all doubles: `digits` · 10 ^ `exponent`. */
export class Decimal {
  readonly digits: bigint;
  readonly exponent: number;

  constructor(digits: bigint, exponent: number) {
    this.digits = digits;
    this.exponent = exponent;
  }

  /** What a document client makes of it. Throws NotModelled where it makes a BigInt, or fails. */
  toNumber(): number {
    const nearest = Number(this.toString());
    if (Math.abs(nearest) > Number.MAX_SAFE_INTEGER) throw new NotModelled(`the number ${this} in an answer`);
    return nearest;
  }

  toString(): string {
    return `${this.digits}e${this.exponent}`;
  }
}

export type StoredNumber = number | Decimal;

/** Any number in digits. */
export const decimalOf = (value: StoredNumber): Decimal => {
  if (typeof value !== 'number') return value;
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return new Decimal(BigInt(whole + fraction), Number(exponent) - fraction.length);
};

/** Both by the lower of their exponents. */
const aligned = (a: StoredNumber, b: StoredNumber): { left: bigint; right: bigint; exponent: number } => {
  const [x, y] = [decimalOf(a), decimalOf(b)];
  const exponent = Math.min(x.exponent, y.exponent);
  const scaled = (each: Decimal): bigint => each.digits * 10n ** BigInt(each.exponent - exponent);
  return { left: scaled(x), right: scaled(y), exponent };
};

/** Below zero when `a` is the lesser. */
export const compareNumbers = (a: StoredNumber, b: StoredNumber): number => {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const { left, right } = aligned(a, b);
  return left < right ? -1 : left > right ? 1 : 0;
};

/** The sum as DynamoDB has it: decimal, so that 0.1 and 0.2 are 0.3. Throws NotModelled for more than 38 digits. */
export const sumOf = (a: StoredNumber, b: StoredNumber): StoredNumber => {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(a) && Number.isSafeInteger(b) && Number.isSafeInteger(sum)) return sum;
  }
  const { left, right, exponent } = aligned(a, b);
  const sum = new Decimal(left + right, exponent);
  const significant = String(sum.digits).replace(/^-/, '').replace(/0+$/, '').length;
  if (significant > MOST_DIGITS) throw new NotModelled(`a number of ${significant} digits: ${sum}`);
  const nearest = Number(String(sum));
  const isExact = Math.abs(nearest) <= Number.MAX_SAFE_INTEGER && compareNumbers(sum, nearest) === 0;
  return isExact ? nearest : sum;
};

export const negated = (value: StoredNumber): StoredNumber =>
  typeof value === 'number' ? -value : new Decimal(-value.digits, value.exponent);
