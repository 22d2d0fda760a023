import { lookup as systemLookup } from 'node:dns';
import { type IncomingMessage, request as overPlain } from 'node:http';
import { request as overTls } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Environment } from '../config.ts';
import type { Fetch } from '../fetch.ts';
import { addressFault, addressRefused, isLoopbackUrl } from './address.ts';
import { outboundRules } from './config.ts';
import { isPublicAddress } from './ip-address.ts';

/**
 * Resolves a name and gives the socket only addresses that were checked: it connects to one of these and resolves no second time, so a
 * name cannot change between the check and the connection. One special address behind a name refuses the name.
 */
export const publicLookup =
  (resolve: LookupFunction): LookupFunction =>
  (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, []);
      const addresses = Array.isArray(found) ? found : [];
      const all = addresses.length > 0 && addresses.every(({ address }) => isPublicAddress(address));
      if (!all) return done(addressRefused('is not a public one'), []);
      const [first] = addresses;
      return options.all ? done(null, addresses) : done(null, first?.address ?? '', first?.family);
    });
  };

/** A longer answer is cut off and none. */
export const MAX_ANSWER_BYTES = 5 * 1024 * 1024;

async function* limited(answer: IncomingMessage): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) {
      throw Object.assign(new Error('the answer is too large'), { code: 'EANSWERTOOLARGE' });
    }
    yield chunk;
  }
}

/** Statuses whose answers have no body, which `Response` insists on (Fetch standard, null body status). */
const NULL_BODY = [101, 103, 204, 205, 304];

const responseOf = (answer: IncomingMessage): Response => {
  const status = answer.statusCode ?? 0;
  const headers = new Headers();
  for (const [name, values] of Object.entries(answer.headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  if (!NULL_BODY.includes(status))
    return new Response(ReadableStream.from(limited(answer)), { status, headers });
  answer.resume();
  return new Response(null, { status, headers });
};

/** Sends one request; settles with the head of its answer. `init` may name no stream. */
const send = async (
  url: URL,
  init: RequestInit | undefined,
  lookup: LookupFunction | undefined,
): Promise<Response> => {
  const asked = new Request(url, init);
  const body = Buffer.from(await asked.arrayBuffer());
  const open = url.protocol === 'http:' ? overPlain : overTls;
  return new Promise((fulfil, reject) => {
    const request = open(url, {
      method: asked.method,
      headers: { ...Object.fromEntries(asked.headers), 'content-length': String(body.length) },
      agent: false,
      signal: asked.signal,
      ...(lookup && { lookup }),
    });
    request.once('error', (error) => reject(asked.signal.aborted ? asked.signal.reason : error));
    request.once('response', (answer) => {
      try {
        fulfil(responseOf(answer));
      } catch (error) {
        answer.destroy();
        reject(error);
      }
    });
    request.end(body);
  });
};

export interface WayOut {
  readonly env: Environment;
  /** Tests give their own resolver. */
  readonly resolve?: LookupFunction;
}

/**
 * The way out to addresses that people type, in the shape of `fetch`: https to public addresses alone (the local run: plain
 * servers of this machine, too), the connection pinned to the address that was checked, redirects handed back and never
 * followed, a connection a request. A kept connection that the other side has closed meanwhile would leave a message
 * "lost" which never left. Ports and hosts are checked before, by `callOut`.
 * Rejects with code EADDRESSREFUSED before anything is sent to an address that is not allowed; reading the answer, with
 * EANSWERTOOLARGE.
 */
export const pinnedFetch = ({ env, resolve = systemLookup as LookupFunction }: WayOut): Fetch => {
  const lookup = publicLookup(resolve);
  return async (address, init) => {
    const { loopback } = outboundRules(env);
    const url = new URL(address);
    const fault = addressFault(url.href, { loopback, ports: [Number(url.port || 443)] });
    if (fault) throw addressRefused(fault);
    return send(url, init, loopback && isLoopbackUrl(url) ? undefined : lookup);
  };
};
