/** HTTP with header fields and paths that fetch would not send. */
import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: Buffer | Readable;
  readonly localAddress?: string;
}

export interface Got {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

/** @param target as it goes on the line: `/v1/a%2f..` */
export const httpAsk = async (port: number, target: string, asked: Asked = {}): Promise<Got> => {
  const { method = 'GET', headers = {}, body, localAddress } = asked;
  const sent = request({
    host: '127.0.0.1',
    port,
    path: target,
    method,
    headers,
    localAddress,
    agent: false,
  });
  if (body instanceof Readable) body.pipe(sent);
  else sent.end(body);
  const [reply] = await once(sent, 'response');
  return { status: reply.statusCode, headers: reply.headers, bytes: await buffer(reply) };
};

/** What comes back on a bare connection until it ends, or until `wanted` has come. */
export const overSocket = async (port: number, bytes: string, wanted?: string): Promise<string> => {
  const socket = connect({ port, host: '127.0.0.1' });
  let received = '';
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    received += String(chunk);
    if (wanted !== undefined && received.includes(wanted)) socket.destroy();
  });
  socket.write(bytes);
  await once(socket, 'close');
  return received;
};
