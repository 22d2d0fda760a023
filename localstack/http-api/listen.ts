import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type ProblemCode, problemMessage } from './problems.ts';

/** A request must be here whole within this time: half-sent ones would hold connections for ever. */
const RECEIVED_WITHIN_MS = 10_000;
const CHECKED_EVERY_MS = 500;
/** Longer than clients keep idle connections, so that none is dropped while a request is on its way. */
const KEPT_ALIVE_MS = 75_000;

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface ListenOptions {
  /** 0: any free one. */
  readonly port: number;
  readonly serve: Answer;
  /** Of a request whose sender waits to be told to go on (`Expect: 100-continue`). */
  readonly expect: Answer;
  /** Of a WebSocket that is to be opened; none: such a request is served like any other. */
  readonly upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  readonly receivedWithinMs?: number;
}

export interface Listening {
  readonly port: number;
  stop(): Promise<void>;
}

const codeOfBroken = ({ code }: NodeJS.ErrnoException): ProblemCode => {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'request-timeout';
  return code === 'HPE_HEADER_OVERFLOW' ? 'headers-too-large' : 'malformed-request';
};

function serverOf({ serve, expect, upgrade, receivedWithinMs = RECEIVED_WITHIN_MS }: ListenOptions): Server {
  /** The answer that a connection is waiting for. */
  const open = new WeakMap<object, ServerResponse>();
  const noted =
    (answer: Answer) =>
    (request: IncomingMessage, response: ServerResponse): void => {
      open.set(request.socket, response);
      void answer(request, response);
    };
  const server = createServer({
    requestTimeout: receivedWithinMs,
    headersTimeout: receivedWithinMs,
    connectionsCheckingInterval: CHECKED_EVERY_MS,
    keepAliveTimeout: KEPT_ALIVE_MS,
    // A request without `Host` is answered by us, as a problem.
    requireHostHeader: false,
    // Clients that only offer to speak HTTP/2 (`Upgrade: h2c`) are answered as they are.
    shouldUpgradeCallback: ({ headers }) =>
      upgrade !== undefined && headers.upgrade?.toLowerCase() === 'websocket',
  });
  server.on('request', noted(serve));
  server.on('checkContinue', noted(expect));
  if (upgrade) server.on('upgrade', upgrade);
  // What came is no request, or not all of one in time.
  server.on('clientError', (error, socket: Socket) => {
    if (!socket.writable || open.get(socket)?.headersSent) return void socket.destroy();
    socket.end(problemMessage(codeOfBroken(error), randomUUID()), () => socket.destroy());
  });
  return server;
}

/** Listens on 127.0.0.1. @throws Error with code EADDRINUSE when somebody listens there. */
export async function listen(options: ListenOptions): Promise<Listening> {
  const server = serverOf(options);
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
