/**
 * Who may talk to a server of the local run. It listens on 127.0.0.1, yet any page in a browser of this machine can reach
 * it: by a name of its own that it lets resolve to 127.0.0.1 (DNS rebinding; then `Host` is that name), or by a request
 * across origins (then `Origin` is the page's).
 */
import type { IncomingHttpHeaders, RequestListener } from 'node:http';

export type Refusal = 'unknown-host' | 'foreign-origin';

/** `.localhost` resolves to this machine alone (RFC 6761, 6.3). */
const LOCAL_HOST = /^(127\.0\.0\.1|\[::1\]|([a-z0-9-]+\.)*localhost)(:\d{1,5})?$/i;

/**
 * A form of our own page whose referrer policy is `no-referrer` is sent with `Origin: null` (Fetch, "append a request
 * Origin header"). Only the browser can set Sec-Fetch-Site, so no other page passes for it.
 */
const isOurOwnForm = (headers: IncomingHttpHeaders): boolean =>
  headers.origin === 'null' && headers['sec-fetch-site'] === 'same-origin';

/**
 * Why a request is not answered; undefined: it is.
 * @param origins those whose pages may call, `*` for any; our own may anyway.
 */
export function refusal(headers: IncomingHttpHeaders, origins: readonly string[] = []): Refusal | undefined {
  const { host = '', origin } = headers;
  if (!LOCAL_HOST.test(host)) return 'unknown-host';
  if (origin === undefined || origin === `http://${host}` || isOurOwnForm(headers)) return undefined;
  return origins.includes(origin) ? undefined : 'foreign-origin';
}

const LOCAL_ORIGIN = /^https?:\/\/(127\.0\.0\.1|\[::1\]|([a-z0-9-]+\.)*localhost)(:\d{1,5})?$/i;

/** For the stand-ins and sandboxes: pages that this machine serves may call as well, such as a console in development. */
export const onlyLocal =
  (listener: RequestListener): RequestListener =>
  (request, response) => {
    const { origin = '' } = request.headers;
    const refused = refusal(request.headers, LOCAL_ORIGIN.test(origin) ? [origin] : []);
    if (refused === undefined) return listener(request, response);
    response.writeHead(refused === 'unknown-host' ? 421 : 403, { 'content-type': 'text/plain' }).end(refused);
  };
