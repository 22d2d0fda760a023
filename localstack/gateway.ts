/** One address for all of AWS: DynamoDB requests go on to dynoxide, SQS and S3 are answered here by fauxqs. */
import { once } from 'node:events';
import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { onlyLocal } from './local-only.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface Gateway {
  readonly url: string;
  readonly port: number;
  answerWith(dynamo: Answer, rest: Answer): void;
  stop(): Promise<void>;
}

/** Listens at once, so that the port is known to the parts behind it; requests before `answerWith` get 503. */
export async function openGateway(port: number): Promise<Gateway> {
  let answer: Answer = (_request, response) => response.writeHead(503).end();
  const server = createServer(onlyLocal((request, response) => answer(request, response)));
  // Clients keep connections alive; a server that drops idle ones first causes ECONNRESET on reuse.
  server.keepAliveTimeout = 60_000;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const taken = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${taken}`,
    port: taken,
    answerWith(dynamo, rest) {
      answer = (request, response) => (isDynamo(request) ? dynamo : rest)(request, response);
    },
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function isDynamo(request: IncomingMessage): boolean {
  return String(request.headers['x-amz-target'] ?? '').startsWith('DynamoDB');
}

/** Hands requests on to another port of this machine, over connections that are kept. */
export function forwardTo(port: number): { answer: Answer; stop(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const answer: Answer = (request, response) => {
    const { method, url: path, headers } = request;
    const onward = httpRequest({ host: '127.0.0.1', port, agent, method, path, headers }, (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    // The SDK retries a 503, so a store that is just restarting is no failure.
    onward.once('error', () => (response.headersSent ? response.destroy() : response.writeHead(503).end()));
    request.pipe(onward);
  };
  return { answer, stop: () => agent.destroy() };
}
