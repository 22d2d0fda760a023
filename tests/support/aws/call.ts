import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { withRuntime } from '../../../lib/platform/open-runtime.ts';
import { loadHandler, testContext } from './handlers.ts';
import type { TestRuntime } from './test-runtime.ts';

export interface CallOptions {
  /** From `rt.token(caller)`. */
  readonly token?: string;
  /** An object goes as JSON; a string or bytes go as they are. */
  readonly body?: unknown;
  /** Idempotency-Key. */
  readonly key?: string;
  readonly ifMatch?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** As the gateway splits them: `name=value`. */
  readonly cookies?: readonly string[];
  /** The IP address it comes from, as the gateway sees it. */
  readonly address?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Values of Set-Cookie. */
  readonly cookies?: readonly string[];
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
  readonly body: any;
}

/** The router that the template gives a path: as the gateway does, the most of the path wins. */
const routerOf = (rt: TestRuntime, path: string): string => {
  const fits = rt.aws.routes.filter(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
  const [route] = fits.toSorted((a, b) => b.prefix.length - a.prefix.length);
  return route?.handler ?? 'functions/platform/routes.handler';
};

/** Sends an API Gateway v2 event through the module's router: `call(rt, 'GET /v1/tickets?limit=5', { token })`. */
export async function call(rt: TestRuntime, request: string, options: CallOptions = {}): Promise<Answer> {
  const [method = 'GET', target = '/'] = request.split(' ');
  const url = new URL(target, 'https://api.invalid');
  return parse(await send(rt, method, url, options));
}

async function send(rt: TestRuntime, method: string, url: URL, options: CallOptions): Promise<Raw> {
  const name = routerOf(rt, url.pathname);
  const handler = await loadHandler(name);
  const event = apiEvent(rt, method, url, options);
  return (await withRuntime(rt, () =>
    handler(event, testContext(rt, name.replace(/\.handler$/, ''))),
  )) as Raw;
}

/** `fetch` to the product itself: the same way as `call`, in the shape of the web. */
export async function fetchProduct(
  rt: TestRuntime,
  target: string | URL,
  init: RequestInit = {},
): Promise<Response> {
  const request = new Request(target, init);
  const body = Buffer.from(await request.arrayBuffer());
  const {
    statusCode,
    headers,
    body: answer,
  } = await send(rt, request.method, new URL(target), {
    headers: Object.fromEntries(request.headers),
    ...(body.length > 0 && { body }),
  });
  return new Response(answer || null, { status: statusCode, ...(headers && { headers }) });
}

interface Raw {
  readonly statusCode: number;
  readonly headers?: Record<string, string>;
  readonly cookies?: readonly string[];
  readonly body?: string;
}

function parse({ statusCode, headers = {}, cookies, body = '' }: Raw): Answer {
  const lower = Object.fromEntries(
    Object.entries(headers).map(([key, value]) => [key.toLowerCase(), String(value)]),
  );
  const json = /json/.test(lower['content-type'] ?? '') && body !== '';
  return {
    status: statusCode,
    headers: lower,
    ...(cookies && { cookies }),
    body: json ? JSON.parse(body) : body,
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html, format 2.0. */
export function apiEvent(
  rt: TestRuntime,
  method: string,
  url: URL,
  options: CallOptions,
): APIGatewayProxyEventV2 {
  const { body, cookies, address: sourceIp = '203.0.113.7' } = options;
  const userAgent = options.headers?.['user-agent'] ?? 'tests';
  const bytes = body instanceof Uint8Array;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const payload = bytes ? Buffer.from(body).toString('base64') : text;
  const now = rt.clock.nowMs();
  return {
    version: '2.0',
    routeKey: `ANY ${url.pathname}`,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers: requestHeaders(options),
    ...(cookies && { cookies: [...cookies] }),
    ...(url.search ? { queryStringParameters: Object.fromEntries(url.searchParams) } : {}),
    requestContext: {
      accountId: '000000000000',
      apiId: 'test',
      domainName: url.hostname,
      domainPrefix: 'api',
      http: { method, path: url.pathname, protocol: 'HTTP/1.1', sourceIp, userAgent },
      requestId: rt.ids.next('gw'),
      routeKey: `ANY ${url.pathname}`,
      stage: '$default',
      time: new Date(now).toUTCString(),
      timeEpoch: now,
    },
    ...(payload === undefined ? {} : { body: payload }),
    isBase64Encoded: bytes,
  };
}

function requestHeaders({ token, body, key, ifMatch, headers }: CallOptions): Record<string, string> {
  return {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(key === undefined ? {} : { 'idempotency-key': key }),
    ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
    ...headers,
  };
}
