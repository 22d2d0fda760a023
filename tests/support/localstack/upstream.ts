/** A stand-in for the functions' ports: answers what it got, and opens WebSockets for whoever brings the right ticket. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { endWhileSending } from '../../../localstack/http-api/read-body.ts';

export interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly rawHeaders: readonly string[];
  readonly from: string | undefined;
}

export interface Upstream {
  readonly port: number;
  /** Requests so far, upgrades too. */
  readonly received: readonly Received[];
  stop(): Promise<void>;
}

const seen = ({ method, url, rawHeaders, socket }: IncomingMessage): Received => ({
  method,
  url,
  rawHeaders,
  from: socket.remoteAddress,
});

const answer = (request: IncomingMessage, response: ServerResponse): void => {
  const { url = '' } = request;
  if (url.startsWith('/v1/cut')) {
    response.writeHead(200, { 'content-length': '1000' }).write('half');
    setTimeout(() => response.destroy(), 20);
    return;
  }
  if (url.startsWith('/v1/refuses')) {
    response.writeHead(413, { 'content-type': 'application/problem+json' });
    response.write('{"code":"body-too-large"}');
    void endWhileSending(request, response);
    return;
  }
  response.writeHead(201, [
    'Content-Type',
    'application/octet-stream',
    'Set-Cookie',
    'a=1',
    'Set-Cookie',
    'b=2',
    'X-Request-Id',
    'of-upstream',
  ]);
  request.pipe(response);
};

const open = (request: IncomingMessage, socket: Socket): void => {
  if (!request.headers['sec-websocket-protocol']?.includes('good')) {
    socket.write('HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\nX-Why: ticket\r\n\r\nno');
    return;
  }
  socket.write(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: yes\r\n\r\n',
  );
  socket.pipe(socket);
};

export async function startUpstream(): Promise<Upstream> {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    received.push(seen(request));
    answer(request, response);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (request, socket: Socket) => {
    received.push(seen(request));
    open(request, socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    received,
    async stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
