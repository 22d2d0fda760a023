/** What a caller may send in a minute is not what most runs over HTTP are about. */
import { people } from '../../../localstack/people.ts';
import { ask, until } from './ask.ts';
import type { Product } from './product.ts';

/** A function that has served knows the rates it read for a minute. */
const RATES_KNOWN_WITHIN_MS = 90_000;
/** The most that the settings allow. */
const HIGHEST = { person: 60_000, address: 60_000, presence: 6000, service: 600_000, key: 600_000 };
/** An address of each HTTP function, which its callers are counted at. */
const OF_EACH_FUNCTION = [
  '/v1/tickets',
  '/v1/sms',
  '/v1/me',
  '/v1/notifications',
  '/v1/audit',
  '/v1/rate-limits',
];

/** Settles when every HTTP function knows the highest rates. */
export const raiseRates = async (product: Product): Promise<void> => {
  const token = await product.token(people.admin);
  const { etag } = await ask(`${product.api}/v1/rate-limits`, { token });
  const change = { token, ifMatch: etag, body: { values: HIGHEST } };
  const { status } = await ask(`PATCH ${product.api}/v1/rate-limits`, change);
  if (status !== 200) throw new Error(`the rates were not raised: ${status}`);
  for (const path of OF_EACH_FUNCTION) {
    await until(
      async () => (await ask(product.api + path, { token })).headers.get('ratelimit-policy'),
      (policy) => policy?.includes(`q=${HIGHEST.person}`) === true,
      RATES_KNOWN_WITHIN_MS,
    );
  }
};
