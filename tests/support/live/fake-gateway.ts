import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Frame = { readonly type: string } & Readonly<Record<string, unknown>>;

/** API Gateway's `@connections` over HTTP on 127.0.0.1. */
export interface FakeGateway {
  readonly url: string;
  /** Frames that a connection got, in order. */
  frames(connectionId: string): readonly Frame[];
  /** Requests of all kinds so far. */
  readonly requests: () => number;
  readonly closed: ReadonlySet<string>;
  /** The connection is gone, as when a laptop was shut: 410 from now on. */
  vanish(connectionId: string): void;
  /** Answers so many requests for a connection with a status, then as ever. */
  fail(connectionId: string, status: number, times: number): void;
  stop(): Promise<void>;
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

export const fakeGateway = async (): Promise<FakeGateway> => {
  const frames = new Map<string, Frame[]>();
  const closed = new Set<string>();
  const gone = new Set<string>();
  const failures = new Map<string, { status: number; times: number }>();
  let requests = 0;

  const failureOf = (id: string): number | undefined => {
    const failure = failures.get(id);
    if (!failure || failure.times === 0) return undefined;
    failure.times -= 1;
    return failure.status;
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    requests += 1;
    const body = await bodyOf(request);
    const id = decodeURIComponent(/^\/@connections\/([^/]+)$/.exec(request.url ?? '')?.[1] ?? '');
    const failure = failureOf(id);
    if (failure !== undefined) return void response.writeHead(failure).end();
    // The SDK tells errors by this header, as API Gateway sends it.
    if (gone.has(id)) return void response.writeHead(410, { 'x-amzn-errortype': 'GoneException' }).end('{}');
    if (request.method === 'DELETE') {
      closed.add(id);
      gone.add(id);
      return void response.writeHead(204).end();
    }
    frames.set(id, [...(frames.get(id) ?? []), JSON.parse(body) as Frame]);
    response.writeHead(200).end();
  };

  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    frames: (id) => frames.get(id) ?? [],
    requests: () => requests,
    closed,
    vanish: (id) => void gone.add(id),
    fail: (id, status, times) => void failures.set(id, { status, times }),
    stop: async () => {
      const ended = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await ended;
    },
  };
};
