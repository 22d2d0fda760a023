import type { Caller } from '../caller.ts';
import { AppError } from '../errors.ts';
import { count } from '../metrics.ts';
import { networkOf } from '../outbound/ip-address.ts';
import type { Admission, Counted } from '../rate-limiter.ts';
import { WINDOW_MS } from '../rate-limits/rates.ts';
import type { Runtime } from '../runtime.ts';
import type { HttpDeclaration } from './declaration.ts';

/** A stranger is counted by network; whoever shares one shares its room, and is given their own by signing in. */
export const stranger = (address: string): Counted => ({ kind: 'address', who: networkOf(address) });

/** As what a request of this caller counts, from this address. */
export const countedAs = (
  { rate }: Pick<HttpDeclaration, 'rate'>,
  caller: Caller | undefined,
  address: string,
): Counted => {
  if (rate === 'service') return { kind: 'service', who: networkOf(address) };
  if (!caller) return stranger(address);
  if (rate === 'presence') return { kind: 'presence', who: caller.id };
  return { kind: caller.scopes ? 'key' : 'person', who: caller.id };
};

/** draft-ietf-httpapi-ratelimit-headers-10; the name of the policy is the kind. */
const rateHeaders = ({ kind }: Counted, { limit, remaining, resetSec }: Admission) => ({
  'ratelimit-policy': `"${kind}";q=${limit};w=${WINDOW_MS / 1000}`,
  ratelimit: `"${kind}";r=${remaining};t=${resetSec}`,
});

/** Counts a request, and answers the headers that say how many are left. Throws 429 `rate-limited`. */
export const limitRequest = async (rt: Runtime, counted: Counted): Promise<Record<string, string>> => {
  const admission = await rt.limiter.admit(counted);
  const headers = rateHeaders(counted, admission);
  if (admission.admitted) return headers;
  const { limit, resetSec } = admission;
  if (counted.kind === 'presence') count(rt, 'PresenceLimited');
  else count(rt, 'RequestsLimited', { kind: counted.kind });
  throw new AppError(
    'limited',
    'rate-limited',
    `No more than ${limit} requests in a minute. Try again later.`,
    {
      retryAfterSec: resetSec,
      members: { limit },
    },
  );
};
