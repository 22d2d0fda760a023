import middy from '@middy/core';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { failureOf } from '../http/problem.ts';
import { asLambda, type InvocationContext, invocation, type LambdaHandler } from '../invocation.ts';
import type { Runtime } from '../runtime.ts';

/** The part of a WebSocket API's event that is read. */
export interface SocketEvent {
  readonly headers?: Readonly<Record<string, string | undefined>> | null;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
  readonly requestContext: {
    readonly connectionId: string;
    readonly eventType: 'CONNECT' | 'MESSAGE' | 'DISCONNECT';
    readonly requestId: string;
  };
}

interface Line {
  readonly rt: Runtime;
  readonly connectionId: string;
}

export interface Opening extends Line {
  /** The page that opens it; none outside of browsers. */
  readonly origin: string | undefined;
  /** What the client offers, in its order. */
  readonly subprotocols: readonly string[];
}

export interface SocketDeclaration {
  /** Lets a connection in and gives the subprotocol it will speak. What it throws keeps the connection out, by the error's HTTP status. */
  readonly connect: (opening: Opening) => Promise<string>;
  /** A frame as it came, of any size and content. */
  readonly receive: (frame: Line & { readonly text: string }) => Promise<void>;
  /** A connection has ended. The gateway tells it at most once, and sometimes not at all. */
  readonly disconnect: (line: Line) => Promise<void>;
  /** A frame could not be handled: whoever sent it must not wait for what will never come. */
  readonly failed: (line: Line) => Promise<void>;
}

type Result = APIGatewayProxyStructuredResultV2;

const header = ({ headers }: SocketEvent, name: string): string | undefined => {
  const found = Object.entries(headers ?? {}).find(([each]) => each.toLowerCase() === name);
  return found?.[1];
};

const listed = (text: string): string[] => text.split(',').flatMap((each) => each.trim() || []);

const opened = async (declaration: SocketDeclaration, event: SocketEvent, line: Line): Promise<Result> => {
  const subprotocol = await declaration.connect({
    ...line,
    origin: header(event, 'origin'),
    subprotocols: listed(header(event, 'sec-websocket-protocol') ?? ''),
  });
  return { statusCode: 200, headers: { 'Sec-WebSocket-Protocol': subprotocol } };
};

const textOf = ({ body, isBase64Encoded }: SocketEvent): string => {
  const text = body ?? '';
  return isBase64Encoded ? Buffer.from(text, 'base64').toString('utf8') : text;
};

const received = async (declaration: SocketDeclaration, event: SocketEvent, line: Line): Promise<Result> => {
  try {
    await declaration.receive({ ...line, text: textOf(event) });
    return { statusCode: 200 };
  } catch (error) {
    line.rt.log.error('frame failed', { connectionId: line.connectionId, error });
    await declaration.failed(line);
    return { statusCode: 500 };
  }
};

/** By what the gateway says has happened: the route is chosen by the client's own frame. */
const serve = async (declaration: SocketDeclaration, event: SocketEvent, line: Line): Promise<Result> => {
  const { eventType } = event.requestContext;
  if (eventType === 'CONNECT') return opened(declaration, event, line);
  if (eventType === 'MESSAGE') return received(declaration, event, line);
  await declaration.disconnect(line);
  return { statusCode: 200 };
};

/** A Lambda behind a WebSocket API: $connect, $disconnect and every frame. */
export const onSocket = (declaration: SocketDeclaration): LambdaHandler<SocketEvent, Result> =>
  asLambda(
    middy(async (event: SocketEvent, context: InvocationContext): Promise<Result> => {
      const { connectionId, eventType, requestId } = event.requestContext;
      const { startedAtMs, rt: world } = context.invocation;
      const rt = { ...world, correlationId: requestId, log: world.log.with({ correlationId: requestId }) };
      const answer = await serve(declaration, event, { rt, connectionId }).catch((error: unknown): Result => {
        const { problem, unexpected } = failureOf(error, requestId);
        if (unexpected || problem.status === 503) rt.log.error('socket failed', { eventType, error });
        return { statusCode: problem.status };
      });
      rt.log.info('socket', {
        eventType,
        status: answer.statusCode,
        tookMs: rt.clock.nowMs() - startedAtMs,
      });
      return answer;
    }).use(invocation()),
  );
