// @pure

import { type Money, moneyOf } from '../../platform/money.ts';

/** Price of a message: the price of a part by the longest prefix of the number that the list has, times parts. */
export const priceOf = (
  prices: Readonly<Record<string, Money>>,
  { phone, parts }: { phone: string; parts: number },
): Money | undefined => {
  const digits = phone.replace(/^\+/, '');
  const prefixes = Object.keys(prices).filter((prefix) => digits.startsWith(prefix.replace(/^\+/, '')));
  const best = prefixes.sort((a, b) => b.length - a.length)[0];
  const price = best === undefined ? undefined : prices[best];
  return price && moneyOf(price.amountMinor * parts, price.currency);
};
