/**
 * A request as API Gateway's HTTP APIs hand it to a function, and the function's answer back (payload format 2.0).
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Match } from './routes.ts';

/** Media types whose bodies are handed over as text; all others go base64-encoded. */
const TEXT = /^(text\/|application\/(json|javascript|xml)\s*($|;))/i;

/** A text that is not UTF-8 goes base64-encoded as well: a string could not hold it. */
const bodyOf = (bytes: Buffer, contentType: string) => {
  if (bytes.length === 0) return { isBase64Encoded: false };
  return TEXT.test(contentType.trim()) && isUtf8(bytes)
    ? { body: bytes.toString('utf8'), isBase64Encoded: false }
    : { body: bytes.toString('base64'), isBase64Encoded: true };
};

const split = (target: string): [path: string, query: string] => {
  const at = target.indexOf('?');
  return at < 0 ? [target, ''] : [target.slice(0, at), target.slice(at + 1)];
};

/** A name given more than once has its values joined by commas. */
const joined = (pairs: Iterable<[string, string]>): Record<string, string> => {
  const values = new Map<string, string>();
  for (const [name, value] of pairs) {
    const before = values.get(name);
    values.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(values);
};

const headersOf = ({ headersDistinct }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headersDistinct)
      .filter(([name]) => name !== 'cookie')
      .map(([name, values = []]) => [name, values.join(',')]),
  );

export interface Received {
  readonly request: IncomingMessage;
  readonly bytes: Buffer;
  readonly route: Match;
  readonly requestId: string;
  readonly nowMs: number;
}

export function eventOf({ request, bytes, route, requestId, nowMs }: Received): APIGatewayProxyEventV2 {
  const [path, query] = split(request.url ?? '/');
  const headers = headersOf(request);
  const cookies = request.headersDistinct.cookie?.flatMap((each) => each.split(/;\s*/));
  const { host = '' } = headers;
  return {
    version: '2.0',
    routeKey: route.key,
    rawPath: path,
    rawQueryString: query,
    headers,
    ...(cookies && { cookies }),
    ...(query && { queryStringParameters: joined(new URLSearchParams(query)) }),
    ...(route.proxy !== undefined && { pathParameters: { proxy: route.proxy } }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: host.replace(/:\d+$/, ''),
      domainPrefix: 'local',
      http: {
        method: request.method ?? 'GET',
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey: route.key,
      stage: '$default',
      time: new Date(nowMs).toISOString(),
      timeEpoch: nowMs,
    },
    ...bodyOf(bytes, headers['content-type'] ?? ''),
  };
}

/** A function's answer, ready to be written. */
export interface FunctionAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Buffer;
}

/** @throws Error when a function answers in another form: API Gateway would guess, and hide the fault. */
export function answerOf(result: unknown): FunctionAnswer {
  const { statusCode, headers, cookies, body, isBase64Encoded } = (result ?? {}) as Record<string, unknown>;
  if (typeof statusCode !== 'number') throw new Error('the function answered without a statusCode');
  return {
    statusCode,
    headers: Object.fromEntries(
      Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
    ),
    cookies: Array.isArray(cookies) ? cookies.map(String) : [],
    body: Buffer.from(typeof body === 'string' ? body : '', isBase64Encoded ? 'base64' : 'utf8'),
  };
}
