import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { type Endpoint, httpHandler } from '../../../lib/platform/http/on-http.ts';
import { withRuntime } from '../../../lib/platform/open-runtime.ts';
import type { Runtime } from '../../../lib/platform/runtime.ts';

export interface RequestOptions {
  readonly token?: string;
  /** Sent as it is; an object goes as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly base64?: boolean;
  /** In place of a body: bytes that need be no text. They go base64-encoded. */
  readonly bytes?: Uint8Array;
}

export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
  readonly body: any;
}

export const httpEvent = (request: string, options: RequestOptions = {}): APIGatewayProxyEventV2 => {
  const [method = 'GET', target = '/'] = request.split(' ');
  const [path = '/', rawQueryString = ''] = target.split('?');
  const { token, body, headers, bytes, base64 = bytes !== undefined } = options;
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString,
    headers: {
      ...(text !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    requestContext: {
      requestId: 'gateway-request-1',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'tests' },
    } as APIGatewayProxyEventV2['requestContext'],
    isBase64Encoded: base64,
    ...(text !== undefined && { body: base64 ? Buffer.from(text).toString('base64') : text }),
    ...(bytes && { body: Buffer.from(bytes).toString('base64') }),
  };
};

export const lambdaContext = (): Context =>
  ({ awsRequestId: 'lambda-request-1', functionName: 'under-test' }) as Context;

/** Sends one request through a Lambda made of these endpoints. */
export const request = async (
  rt: Runtime,
  endpoints: readonly Endpoint[],
  line: string,
  options?: RequestOptions,
): Promise<Received> => {
  const handler = httpHandler(endpoints);
  const raw = await withRuntime(rt, () => handler(httpEvent(line, options), lambdaContext()));
  const {
    statusCode = 0,
    headers = {},
    body = '',
  } = raw as { statusCode?: number; headers?: object; body?: string };
  const json = /json/.test(String((headers as Record<string, unknown>)['content-type']));
  return { status: statusCode, headers: { ...headers }, body: json && body ? JSON.parse(body) : body };
};
