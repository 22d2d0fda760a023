/** Hands every request on to the product as it is, and counts what comes back. */
import { once } from 'node:events';
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CountingProxy {
  /** Base address, for whoever is to be counted. */
  readonly url: string;
  /** status → answers; 0: the product broke the connection. */
  readonly statuses: ReadonlyMap<number, number>;
  /** The first requests that were answered by a 5xx or not at all. */
  readonly failures: readonly string[];
  stop(): Promise<void>;
}

const MOST_FAILURES = 50;

export async function startCountingProxy(target: string): Promise<CountingProxy> {
  const statuses = new Map<number, number>();
  const failures: string[] = [];
  const note = ({ method, url }: IncomingMessage, status: number, requestId = ''): void => {
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if ((status === 0 || status >= 500) && failures.length < MOST_FAILURES)
      failures.push(`${status} ${method} ${url} ${requestId}`);
  };
  const forward = (request: IncomingMessage, response: ServerResponse): void => {
    const { hostname, port } = new URL(target);
    const { method, url: path, headers } = request;
    const onward = ask({
      hostname,
      port,
      method,
      path,
      headers: { ...headers, host: `${hostname}:${port}` },
    });
    onward.on('response', (answer) => {
      const { statusCode = 0, headers: given } = answer;
      note(request, statusCode, String(given['x-request-id'] ?? ''));
      response.writeHead(statusCode, given);
      answer.pipe(response);
    });
    onward.on('error', () => {
      note(request, 0);
      response.destroy();
    });
    request.pipe(onward);
  };
  const server = createServer(forward).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    statuses,
    failures,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
