import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Caller } from '../caller.ts';
import { AppError } from '../errors.ts';
import { asLambda, type InvocationContext, invocation, type LambdaHandler } from '../invocation.ts';
import type { Runtime } from '../runtime.ts';
import { formatAnswer } from './answer.ts';
import { withoutContent, withSecurityHeaders } from './answer-headers.ts';
import { authenticate, authorise, demandProof } from './authenticate.ts';
import { callerAddress } from './caller-address.ts';
import type { AnyInput, Endpoint, HttpDeclaration } from './declaration.ts';
import { deviceOf } from './device-token.ts';
import { oncePerKey, requestHash } from './idempotency.ts';
import { countedAs, limitRequest, stranger } from './limit-requests.ts';
import { type InputPart, parseInput } from './parse-input.ts';
import { failureOf, TransportError } from './problem.ts';
import {
  correlationIdHeader,
  type HttpEvent,
  header,
  idempotencyKeyHeader,
  ifMatchVersion,
  pathParameters,
  queryParameters,
} from './request.ts';
import { jsonBody, rawRequest } from './request-body.ts';
import { methodsAt, routerOf } from './router.ts';
import { clearedCookie, SESSION_ENDED, type SessionMode, sessionModeOf } from './session-cookie.ts';

type Result = APIGatewayProxyStructuredResultV2;
type PathParameters = Readonly<Record<string, string>>;
/** What the access line says, collected on the way. */
type HttpContext = InvocationContext & {
  correlationId: string;
  route?: string;
  callerId?: string | undefined;
  /** How many requests are left. */
  rateHeaders?: Readonly<Record<string, string>>;
  problemCode?: string;
  session?: SessionMode | undefined;
};

/** A body that no schema describes is not read as JSON, and its query string is its reader's own. */
const partsOf = (
  event: HttpEvent,
  declaration: HttpDeclaration,
  { raw, json }: { raw: PathParameters; json: unknown },
): InputPart[] => {
  const params: InputPart = {
    name: 'params',
    schema: declaration.params,
    value: pathParameters(raw),
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

interface Known {
  readonly declaration: HttpDeclaration;
  readonly raw: PathParameters;
  readonly caller: Caller | undefined;
  readonly address: string;
  readonly session: SessionMode | undefined;
}

/** Everything the handler may rely on. 401 and 403 have been settled before: they tell nothing of what exists. */
const inputOf = (rt: Runtime, event: HttpEvent, known: Known): AnyInput => {
  const { declaration, raw, caller, address, session } = known;
  const { method, idempotent, ifMatch, secretFields } = declaration;
  const { http, requestId } = event.requestContext;
  const json = hasJson(declaration) ? jsonBody(event) : undefined;
  const parts = parseInput(partsOf(event, declaration, { raw, json }));
  return {
    rt,
    caller,
    ...parts,
    raw: declaration.rawBody && rawRequest(event),
    ifMatch: ifMatch && ifMatchVersion(event, ifMatch),
    idempotency: idempotent && {
      callerId: caller?.id ?? deviceOf(event),
      key: idempotencyKeyHeader(event),
      hash: requestHash({ method, path: http.path, body: json }),
      secretFields,
    },
    origin: { ip: address, requestId },
    session,
  };
};

/** Whoever guesses at tokens is a stranger, whatever they claim to be. */
const identify = async (
  rt: Runtime,
  event: HttpEvent,
  { declaration, address }: Pick<Known, 'declaration' | 'address'>,
) => {
  try {
    return await authenticate(rt, event, declaration.access);
  } catch (error) {
    if (error instanceof AppError && error.kind === 'unauthenticated') {
      await limitRequest(rt, stranger(address));
    }
    throw error;
  }
};

const serve = async (
  { endpoint, params, address }: { endpoint: Endpoint; params: PathParameters; address: string },
  event: APIGatewayProxyEventV2,
  context: HttpContext,
): Promise<Result> => {
  const { declaration } = endpoint;
  const { rt } = context.invocation;
  context.route = `${declaration.method} ${declaration.path}`;
  const caller = await identify(rt, event, { declaration, address });
  context.callerId = caller?.id;
  context.rateHeaders = await limitRequest(rt, countedAs(declaration, caller, address));
  authorise(caller, declaration.access);
  demandProof(rt, caller, declaration);
  const session = declaration.sessionCookie && sessionModeOf(event, rt.env);
  context.session = session;
  const input = inputOf(rt, event, { declaration, raw: params, caller, address, session });
  // Every part of it was parsed by the schemas of the endpoint's own declaration.
  const checked = input as never;
  const run = () => endpoint.run(checked);
  const { renew } = endpoint;
  const answer =
    input.idempotency && declaration.idempotent === true
      ? await oncePerKey(rt, input.idempotency, {
          run,
          renew: renew && ((kept) => renew(checked, kept as never)),
        })
      : await run();
  return formatAnswer(declaration, answer, header(event, 'if-none-match'));
};

/** There is no such method or path. OPTIONS is answered for every address that has anything. */
const turnAway = (method: string, allow: readonly string[] | undefined): Result => {
  if (!allow) throw new AppError('missing', 'route-not-found', 'There is nothing at this address.');
  const headers = { allow: allow.join(', ') };
  if (method === 'OPTIONS') return { statusCode: 204, headers };
  throw new TransportError(405, 'method-not-allowed', `Here one may ${headers.allow}.`, headers);
};

/** The request's own id is the gateway's: the caller sees it, and the gateway logs it too. */
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
    const isCookieDead = request.context.session?.kind === 'cookie' && problem.code === SESSION_ENDED;
    request.response = {
      statusCode: problem.status,
      ...(isCookieDead && { cookies: [clearedCookie(rt.env)] }),
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

/** Headers that are no use case's affair, and no content for HEAD. */
const finish = (request: middy.Request<APIGatewayProxyEventV2, Result, Error, HttpContext>): void => {
  const { event, response, context } = request;
  if (!response) return;
  const headers = withSecurityHeaders({ ...context.rateHeaders, ...response.headers });
  const whole = { ...response, headers };
  request.response = event.requestContext.http.method === 'HEAD' ? withoutContent(whole) : whole;
};

/**
 * One Lambda for a module's endpoints.
 * @param elsewhere addresses of other functions, for the one that gets what no route of the gateway takes
 */
export const httpHandler = (
  endpoints: readonly Endpoint[],
  elsewhere: () => readonly Pick<HttpDeclaration, 'method' | 'path'>[] = () => [],
): LambdaHandler<APIGatewayProxyEventV2, Result> => {
  const find = routerOf(endpoints);
  const answer = async (event: APIGatewayProxyEventV2, context: HttpContext): Promise<Result> => {
    const { rt } = context.invocation;
    const { method, path } = event.requestContext.http;
    const address = callerAddress(event, rt.env);
    const match = find(method, path);
    if (match.kind === 'found') return serve({ ...match, address }, event, context);
    context.rateHeaders = await limitRequest(rt, stranger(address));
    return turnAway(method, match.kind === 'nothing' ? methodsAt(elsewhere(), path) : match.allow);
  };
  return asLambda(
    middy(answer)
      .use(invocation())
      .use({ after: finish, onError: finish })
      .use({ after: accessLine, onError: accessLine })
      .use(correlation())
      // Registered last, because onError runs in reverse: the answer is complete before the access log reads it.
      .use(problems()),
  );
};
