/** Hands requests on to the functions' ports of this machine. */
import { Agent, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { endWhileSending } from '../http-api/read-body.ts';
import { answerFields, requestFields } from './fields.ts';

export interface Upstream {
  readonly port: number;
  /** Name of the one cookie that goes there. */
  readonly cookie: string;
}

/**
 * The functions see the address that the request came from, which rate limits count by: the onward connection is made from the same
 * one. No header says so, as anybody could write that.
 */
const onwardTo = (port: number, { method, socket }: IncomingMessage) => ({
  host: '127.0.0.1',
  port,
  method,
  ...(socket.remoteAddress !== undefined && { localAddress: socket.remoteAddress }),
});

export class Forwarder {
  readonly #agent = new Agent({ keepAlive: true });
  readonly #sockets = new Set<Duplex>();

  /**
   * Bodies are streamed both ways. @param onUnreachable called when there was no answer; a connection that broke within one is cut
   * here, too.
   */
  http(
    { port, cookie }: Upstream,
    { request, response }: { request: IncomingMessage; response: ServerResponse },
    onUnreachable: () => void,
  ): void {
    const headers = requestFields(request.rawHeaders, cookie);
    const target = { ...onwardTo(port, request), path: request.url, headers, agent: this.#agent };
    const onward = httpRequest(target, (reply) => {
      response.writeHead(reply.statusCode ?? 502, answerFields(reply.rawHeaders));
      reply.once('error', () => response.destroy());
      reply.pipe(response, { end: false });
      reply.once('end', () => void (request.complete ? response.end() : endWhileSending(request, response)));
    });
    onward.once('continue', () => response.writeContinue());
    onward.once('error', () => {
      if (response.destroyed) return;
      if (response.headersSent) response.destroy();
      else onUnreachable();
    });
    request.pipe(onward);
    // After the pipe's own listener, which pauses. Whoever still sends what nobody reads any more must be let finish.
    onward.once('close', () => request.resume());
    response.once('close', () => response.writableFinished || onward.destroy());
  }

  /**
   * Opens a WebSocket at `path`. Only after the 101 do bytes go through as they are: over a refused connection a second request, to
   * any address of that port, would follow. @param onUnreachable gets the socket to say so on.
   */
  upgrade(
    { port, cookie, path }: Upstream & { readonly path: string },
    { request, socket, head }: { request: IncomingMessage; socket: Duplex; head: Buffer },
    onUnreachable: () => void,
  ): void {
    const fields = requestFields(request.rawHeaders, cookie);
    const headers = [...fields, 'Connection', 'Upgrade', 'Upgrade', 'websocket'];
    const onward = httpRequest({ ...onwardTo(port, request), path, headers, agent: false });
    onward.once('upgrade', (reply, upstream, first) => {
      const said = [...answerFields(reply.rawHeaders), 'Connection', 'Upgrade', 'Upgrade', 'websocket'];
      socket.write(messageHead(101, 'Switching Protocols', said));
      if (first.length > 0) socket.write(first);
      if (head.length > 0) upstream.write(head);
      this.#tie(socket, upstream);
    });
    onward.once('response', (reply) => {
      const said = answerFields(reply.rawHeaders).flatMap((each, index, all) =>
        index % 2 === 0 && !/^transfer-encoding$/i.test(each) ? [each, all[index + 1] ?? ''] : [],
      );
      socket.write(
        messageHead(reply.statusCode ?? 502, reply.statusMessage ?? '', [...said, 'Connection', 'close']),
      );
      reply.pipe(socket);
    });
    onward.once('error', onUnreachable);
    onward.end();
    socket.once('error', () => onward.destroy());
  }

  #tie(one: Duplex, other: Duplex): void {
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      this.#sockets.add(from);
      from.pipe(to);
      from.once('error', () => to.destroy());
      from.once('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
    }
  }

  stop(): void {
    this.#agent.destroy();
    for (const socket of this.#sockets) socket.destroy();
  }
}

const messageHead = (status: number, reason: string, fields: readonly string[]): string => {
  const lines = fields.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${fields[index + 1]}`] : []));
  return [`HTTP/1.1 ${status} ${reason}`, ...lines, '', ''].join('\r\n');
};
