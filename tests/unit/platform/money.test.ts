import fc from 'fast-check';
import { addMoney, money, moneyOf, splitMoney } from '../../../lib/platform/money.ts';

const minor = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });
const weights = fc
  .array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 20 })
  .filter((all) => all.some((weight) => weight > 0));

describe('money', () => {
  test('split parts add up to the whole', () => {
    fc.assert(
      fc.property(minor, weights, (amountMinor, all) => {
        const parts = splitMoney(moneyOf(amountMinor, 'EUR'), all);
        expect(parts.reduce((sum, part) => sum + part.amountMinor, 0)).toBe(
          amountMinor === 0 ? 0 : amountMinor,
        );
      }),
    );
  });

  test('each part is within one minor unit of its exact share', () => {
    fc.assert(
      fc.property(minor, weights, (amountMinor, all) => {
        const total = BigInt(all.reduce((sum, weight) => sum + weight, 0));
        splitMoney(moneyOf(amountMinor, 'EUR'), all).forEach((part, index) => {
          const off = BigInt(part.amountMinor) * total - BigInt(amountMinor) * BigInt(all[index] ?? 0);
          expect(off < total && -off < total).toBe(true);
        });
      }),
    );
  });

  test('the largest remainders get what is left, the earlier of equals first', () => {
    const split = (amount: number, all: number[]) =>
      splitMoney(moneyOf(amount, 'EUR'), all).map((m) => m.amountMinor);
    expect(split(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(split(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
    expect(split(10, [6, 5, 1])).toEqual([5, 4, 1]);
    expect(split(1, [0, 1, 1])).toEqual([0, 1, 0]);
    expect(split(0, [1, 2])).toEqual([0, 0]);
  });

  test.each([[[]], [[0, 0]], [[-1, 2]], [[0.5, 0.5]]])('weights %j are refused', (all) => {
    expect(() => splitMoney(moneyOf(1, 'EUR'), all)).toThrow(RangeError);
  });

  test('two currencies do not add', () => {
    expect(() => addMoney(moneyOf(1, 'EUR'), moneyOf(1, 'USD'))).toThrow(RangeError);
    expect(addMoney(moneyOf(1, 'EUR'), moneyOf(2, 'EUR'))).toEqual({ amountMinor: 3, currency: 'EUR' });
  });

  test.each([0.1, Number.NaN, 2 ** 53])('an amount of %d is refused', (amountMinor) => {
    expect(() => moneyOf(amountMinor, 'EUR')).toThrow(RangeError);
    expect(money.safeParse({ amountMinor, currency: 'EUR' }).success).toBe(false);
  });
});
