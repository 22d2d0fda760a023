import type { Runtime } from '../runtime.ts';
import { type AddressRules, addressFault, addressRefused } from './address.ts';

/** A whole answer takes this long at most, ms. */
export const CALL_TIMEOUT_MS = 10_000;

export interface OutboundCall {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly rules: AddressRules;
  /** For the whole answer. */
  readonly timeoutMs?: number;
}

/**
 * One request to an address that somebody typed: checked by its text here and by what is behind its name in `fetch`
 * (`pinned-fetch.ts`). A redirect is an answer like any other. The caller reads the answer or cancels it.
 * Rejects with an error whose `code` tells: EADDRESSREFUSED (nothing was sent), EANSWERTOOLARGE and those of Node's sockets;
 * a TimeoutError after `timeoutMs`.
 */
export const callOut = async (
  { fetch }: Pick<Runtime, 'fetch'>,
  { url, method, headers, body, rules, timeoutMs = CALL_TIMEOUT_MS }: OutboundCall,
): Promise<Response> => {
  const fault = addressFault(url, rules);
  if (fault) throw addressRefused(fault);
  return fetch(url, {
    method,
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
    ...(headers && { headers: { ...headers } }),
    ...(body !== undefined && { body }),
  });
};
