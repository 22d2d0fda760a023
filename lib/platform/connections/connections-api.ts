import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { ServiceException } from '@smithy/core/client';
import { HttpRequest } from '@smithy/core/protocols';
import { StandardRetryStrategy } from '@smithy/core/retry';
import { NodeHttpHandler, streamCollector } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsCredentialIdentity, Provider } from '@smithy/types';
import { callbackUrl, type Environment } from '../config.ts';
import { AppError } from '../errors.ts';
import { ATTEMPTS, sha256, untilAnswered } from '../signed/until-answered.ts';
import type { SendOutcome, Sockets } from './sockets.ts';

/** A gateway that takes longer is as good as away. */
const CONNECT_MS = 1_000;
const ANSWER_MS = 3_000;
/** Frames under way at once. */
const AT_ONCE = 100;
const GONE = 410;

interface Gateway {
  /** Without a slash at its end; a path of it is the stage. */
  readonly url: string;
  readonly region: string;
  readonly credentials: Provider<AwsCredentialIdentity>;
}

interface Request {
  readonly method: 'POST' | 'DELETE';
  readonly connectionId: string;
  readonly body?: string;
}

const httpHandler = (): NodeHttpHandler =>
  new NodeHttpHandler({
    connectionTimeout: CONNECT_MS,
    requestTimeout: ANSWER_MS,
    throwOnRequestTimeout: true,
    httpAgent: { maxSockets: AT_ONCE },
    httpsAgent: { maxSockets: AT_ONCE },
  });

const requestFor = (url: string, { method, connectionId, body }: Request): HttpRequest => {
  const { protocol, hostname, port, host, pathname } = new URL(url);
  return new HttpRequest({
    protocol,
    hostname,
    ...(port && { port: Number(port) }),
    path: `${pathname.replace(/\/$/, '')}/@connections/${encodeURIComponent(connectionId)}`,
    method,
    headers: { host, ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }) },
    body,
  });
};

const failureOf = (statusCode: number): ServiceException =>
  new ServiceException({
    name: 'ConnectionsError',
    message: `the gateway answered ${statusCode}`,
    $fault: statusCode >= 500 ? 'server' : 'client',
    $metadata: { httpStatusCode: statusCode },
  });

/**
 * The connections of a WebSocket API, by two requests that we sign ourselves: its client would be a third of each bundle
 * (docs/adr/044-signed-s3-requests.md). Each is tried three times at most.
 * Source: API Gateway Developer Guide, "Use @connections commands in your backend service".
 */
export const connectionsApi = ({ url, region, credentials }: Gateway): Sockets => {
  const http = httpHandler();
  const retries = new StandardRetryStrategy(ATTEMPTS);
  const signer = new SignatureV4({ service: 'execute-api', region, credentials, sha256 });

  const attempt = async (request: Request): Promise<SendOutcome> => {
    const signed = HttpRequest.clone((await signer.sign(requestFor(url, request))) as HttpRequest);
    const { response } = await http.handle(signed);
    await streamCollector(response.body);
    if (response.statusCode === GONE) return 'gone';
    if (response.statusCode < 300) return 'sent';
    throw failureOf(response.statusCode);
  };
  const request = async (given: Request): Promise<SendOutcome> => {
    try {
      return await untilAnswered(retries, () => attempt(given));
    } catch (cause) {
      const message = 'The gateway did not say what became of a frame.';
      throw new AppError('unavailable', 'socket-unavailable', message, { cause });
    }
  };
  return {
    send: (connectionId, frame) => request({ method: 'POST', connectionId, body: frame }),
    close: async (connectionId) => {
      await request({ method: 'DELETE', connectionId });
    },
  };
};

/** The connections of this process's environment. */
export const openConnections = (env: Environment): Sockets => {
  const { AWS_REGION: region } = env;
  if (!region) throw new Error('configuration is incomplete: AWS_REGION');
  return connectionsApi({ url: callbackUrl(env), region, credentials: defaultProvider() });
};
