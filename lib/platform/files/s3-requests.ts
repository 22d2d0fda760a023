import { partition } from '@aws-sdk/core/client';
import { ServiceException } from '@smithy/core/client';
import { escapeUriPath, HttpRequest } from '@smithy/core/protocols';
import { StandardRetryStrategy } from '@smithy/core/retry';
import { type NodeHttpHandler, streamCollector } from '@smithy/node-http-handler';
import { SignatureV4, UNSIGNED_PAYLOAD } from '@smithy/signature-v4';
import type { AwsCredentialIdentity, Provider } from '@smithy/types';
import { ATTEMPTS, sha256, untilAnswered } from '../signed/until-answered.ts';
import type { Place } from './file-store.ts';

/** What requests to S3 are made with. */
export interface S3Access {
  readonly region: string;
  readonly credentials: Provider<AwsCredentialIdentity>;
  /** Address of a stand-in, which has no host names of buckets. Without it: AWS. */
  readonly endpoint?: string | undefined;
  readonly http: Pick<NodeHttpHandler, 'handle'>;
}

export interface S3Request {
  readonly method: 'GET' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer with its body read. */
export interface S3Answer {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
}

/** Address of a bucket, with a slash at its end: a host of its own on AWS, a path at a stand-in. */
export const bucketUrl = ({ endpoint, region }: S3Access, bucket: string): URL =>
  endpoint
    ? new URL(`/${bucket}/`, endpoint)
    : new URL(`https://${bucket}.s3.${region}.${partition(region).dnsSuffix}/`);

/** A request for one object, unsigned. */
const requestFor = (s3: S3Access, { bucket, key }: Place, request: S3Request): HttpRequest => {
  const { protocol, hostname, port, host, pathname } = bucketUrl(s3, bucket);
  return new HttpRequest({
    protocol,
    hostname,
    ...(port && { port: Number(port) }),
    path: `${pathname}${escapeUriPath(key)}`,
    method: request.method,
    headers: { ...request.headers, host },
    query: { ...request.query },
    body: request.body,
  });
};

/** S3 takes paths as they are: other services' are escaped a second time for the signature. */
const signerOf = ({ region, credentials }: S3Access, applyChecksum: boolean): SignatureV4 =>
  new SignatureV4({ service: 's3', uriEscapePath: false, region, credentials, sha256, applyChecksum });

/** The error in an answer's body; S3 names what is wrong in `Code` alone. */
const failureOf = (statusCode: number, text: string): ServiceException => {
  const code = /<Code>(\w+)<\/Code>/.exec(text)?.[1];
  return new ServiceException({
    name: code ?? 'S3Error',
    message: `S3 answered ${statusCode}`,
    $fault: statusCode >= 500 ? 'server' : 'client',
    $metadata: { httpStatusCode: statusCode },
  });
};

const attempt = async (s3: S3Access, request: HttpRequest): Promise<S3Answer> => {
  const signed = HttpRequest.clone((await signerOf(s3, true).sign(request)) as HttpRequest);
  const { response } = await s3.http.handle(signed);
  const bytes = await streamCollector(response.body);
  if (response.statusCode < 300) return { headers: response.headers, bytes };
  throw failureOf(response.statusCode, Buffer.from(bytes).toString());
};

/**
 * A copy that fails after its answer has begun ends in an error, or in nothing, under the status 200.
 * @throws the error as if it had come with 503
 */
const demandResult = (answer: S3Answer): S3Answer => {
  const text = Buffer.from(answer.bytes).toString();
  if (text === '' || text.trimEnd().endsWith('</Error>')) throw failureOf(503, text);
  return answer;
};

/**
 * Requests to S3, signed by SigV4 with the credentials of this moment, each tried three times at most. They throw
 * ServiceException, whose `$metadata` has the status, or the network's own error.
 */
export const s3Requests = (s3: S3Access) => {
  const retries = new StandardRetryStrategy(ATTEMPTS);
  return {
    send: (place: Place, request: S3Request): Promise<S3Answer> =>
      untilAnswered(retries, () => attempt(s3, requestFor(s3, place, request))),
    copy: (place: Place, headers: Readonly<Record<string, string>>): Promise<S3Answer> =>
      untilAnswered(retries, async () =>
        demandResult(await attempt(s3, requestFor(s3, place, { method: 'PUT', headers }))),
      ),
    /** A signed request that somebody else sends, within so many seconds. */
    presign: (place: Place, query: S3Request['query'], expiresIn: number) => {
      const request = requestFor(s3, place, { method: 'GET', ...(query && { query }) });
      request.headers['X-Amz-Content-Sha256'] = UNSIGNED_PAYLOAD;
      return signerOf(s3, false).presign(request, { expiresIn });
    },
  };
};
