import middy from '@middy/core';
import httpRouter from '@middy/http-router';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Handler } from 'aws-lambda';
import { isApiKey, verifyApiKey } from '../auth/api-keys.ts';
import { type Caller, mayEnter } from '../auth/caller.ts';
import { AppError } from '../errors.ts';
import { asLambda, type InvocationContext, invocation, type LambdaHandler } from '../invocation.ts';
import type { Runtime } from '../runtime.ts';
import { formatAnswer } from './answer.ts';
import type { AnyInput, Endpoint, HttpDeclaration } from './declaration.ts';
import { oncePerKey, requestHash } from './idempotency.ts';
import { type InputPart, parseInput } from './parse-input.ts';
import { failureOf } from './problem.ts';
import {
  bearerToken,
  correlationIdHeader,
  type HttpEvent,
  idempotencyKeyHeader,
  ifMatchVersion,
  jsonBody,
  pathParameters,
  queryParameters,
  rawRequest,
} from './request.ts';

type Result = APIGatewayProxyStructuredResultV2;
/** What the access line says, gathered on the way. */
type HttpContext = InvocationContext & {
  correlationId: string;
  route?: string;
  callerId?: string | undefined;
  problemCode?: string;
};

const routeNotFound = (): never => {
  throw new AppError('missing', 'route-not-found', 'There is nothing at this address.');
};

const authenticate = async (rt: Runtime, event: HttpEvent, access: HttpDeclaration['access']) => {
  if (access === 'public') return undefined;
  const token = bearerToken(event);
  return isApiKey(token) ? verifyApiKey(rt, token) : rt.verifyToken(token);
};

const authorise = (caller: Caller | undefined, access: HttpDeclaration['access']): void => {
  if (access === 'public' || (caller && mayEnter(caller, access))) return;
  throw new AppError('forbidden', 'forbidden', 'Your roles do not allow this.');
};

/** A body that no schema describes is not read as JSON, and its query string is its reader's own. */
const partsOf = (event: HttpEvent, declaration: HttpDeclaration, json: unknown): InputPart[] => {
  const params: InputPart = {
    name: 'params',
    schema: declaration.params,
    value: pathParameters(event, declaration.path),
  };
  const query = (): InputPart => ({
    name: 'query',
    schema: declaration.query,
    value: queryParameters(event),
  });
  if (declaration.rawBody) return declaration.query ? [params, query()] : [params];
  return [params, query(), { name: 'body', schema: declaration.body, value: json }];
};

const hasJson = ({ method, rawBody }: HttpDeclaration): boolean =>
  !rawBody && method !== 'GET' && method !== 'DELETE';

/** Everything the handler may rely on. 401 and 403 have been settled before: they tell nothing of what exists. */
const inputOf = (
  rt: Runtime,
  caller: Caller | undefined,
  event: HttpEvent,
  declaration: HttpDeclaration,
): AnyInput => {
  const { method, idempotent, ifMatch } = declaration;
  const { http, requestId } = event.requestContext;
  const json = hasJson(declaration) ? jsonBody(event) : undefined;
  const parts = parseInput(partsOf(event, declaration, json));
  return {
    rt,
    caller,
    ...parts,
    raw: declaration.rawBody && rawRequest(event),
    ifMatch: ifMatch && ifMatchVersion(event, ifMatch),
    idempotency: idempotent && {
      callerId: caller?.id ?? '',
      key: idempotencyKeyHeader(event),
      hash: requestHash({ method, path: http.path, body: json }),
    },
    origin: { ip: http.sourceIp, requestId },
  };
};

const serve =
  (endpoint: Endpoint): Handler<APIGatewayProxyEventV2, Result> =>
  async (event, lambdaContext) => {
    const context = lambdaContext as HttpContext; // the stack below has put these in
    const { declaration } = endpoint;
    const { rt } = context.invocation;
    context.route = `${declaration.method} ${declaration.path}`;
    const caller = await authenticate(rt, event, declaration.access);
    context.callerId = caller?.id;
    authorise(caller, declaration.access);
    const input = inputOf(rt, caller, event, declaration);
    const run = () => endpoint.run(input);
    const answer =
      input.idempotency && declaration.idempotent === true
        ? await oncePerKey(rt, input.idempotency, run)
        : await run();
    return formatAnswer(declaration, answer);
  };

/** The request's own id is the gateway's: the caller sees it, and it stands in the gateway's log too. */
const correlation = (): middy.MiddlewareObj<APIGatewayProxyEventV2, Result, Error, HttpContext> => ({
  before: ({ event, context }) => {
    const { rt } = context.invocation;
    const requestId = event.requestContext.requestId;
    const correlationId = correlationIdHeader(event) ?? requestId;
    const log = rt.log.with({ requestId, correlationId });
    context.correlationId = correlationId;
    context.invocation = { ...context.invocation, requestId, rt: { ...rt, log, correlationId } };
  },
});

const problems = (): middy.MiddlewareObj<APIGatewayProxyEventV2, Result, Error, HttpContext> => ({
  onError: (request) => {
    const { rt, requestId } = request.context.invocation;
    const { problem, headers, unexpected } = failureOf(request.error, requestId);
    if (unexpected || problem.status === 503) {
      rt.log.error('request failed', { route: request.context.route, error: request.error });
    }
    request.response = {
      statusCode: problem.status,
      headers: { ...headers, 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
      body: JSON.stringify(problem),
    };
    request.context.problemCode = problem.code;
  },
});

const accessLine = (request: middy.Request<APIGatewayProxyEventV2, Result, Error, HttpContext>): void => {
  const { context, response } = request;
  const { rt, requestId, startedAtMs } = context.invocation;
  if (response) {
    const ids = { 'x-request-id': requestId, 'x-correlation-id': context.correlationId };
    response.headers = { ...response.headers, ...ids };
  }
  rt.log.info('request', {
    route: context.route ?? 'none',
    status: response?.statusCode,
    code: context.problemCode,
    callerId: context.callerId,
    tookMs: rt.clock.nowMs() - startedAtMs,
  });
};

/** One Lambda for a module's endpoints. */
export const httpHandler = (endpoints: readonly Endpoint[]): LambdaHandler<APIGatewayProxyEventV2, Result> =>
  asLambda(
    middy(
      httpRouter({
        routes: endpoints.map((endpoint) => ({
          method: endpoint.declaration.method,
          path: endpoint.declaration.path,
          handler: serve(endpoint),
        })),
        notFoundResponse: routeNotFound,
      }),
    )
      .use(invocation())
      .use({ after: accessLine, onError: accessLine })
      .use(correlation())
      // Registered last, because onError runs in reverse: the answer stands before the access line reads it.
      .use(problems()),
  );
