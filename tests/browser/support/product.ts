import type { Person } from '../../../localstack/people.ts';
import { localToken } from '../../../localstack/tokens.ts';
import type { Addresses } from '../../e2e/support/product.ts';

interface Running {
  readonly directory: string;
  readonly addresses: Addresses;
}

const running = (): Running => JSON.parse(process.env.ROTADESK_BROWSER_TESTS ?? '{}') as Running;

/** Where the console and the API are. */
export const address = (): string => running().addresses.api;

/** An access token for calls beside the browser. */
export const tokenOf = (person: Person): Promise<string> =>
  localToken(person, { directory: running().directory });
