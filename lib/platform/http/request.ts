import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { AppError, type FieldError } from '../errors.ts';
import type { RawRequest } from './declaration.ts';
import { TransportError } from './problem.ts';

export const MAX_BODY_BYTES = 64 * 1024;
/** Deeper than any schema of ours; a walk of what JSON.parse gives must not run out of stack. */
const MAX_DEPTH = 32;

export type HttpEvent = Pick<
  APIGatewayProxyEventV2,
  'headers' | 'rawQueryString' | 'body' | 'isBase64Encoded' | 'pathParameters' | 'requestContext'
>;

const invalid = (details: readonly FieldError[]): AppError =>
  new AppError('invalid', 'invalid-request', 'The request does not fit its description.', { details });

/** A header by its lower-case name. HTTP APIs send lower-case names; a local gateway may not. */
export const header = (event: HttpEvent, name: string): string | undefined => {
  const headers = event.headers ?? {};
  if (headers[name] !== undefined) return headers[name];
  const found = Object.keys(headers).find((each) => each.toLowerCase() === name);
  return found === undefined ? undefined : headers[found];
};

/**
 * The bytes the client sent. HTTP APIs hand over some bodies base64-encoded, a local gateway may not: this is the
 * only place that knows. Throws 413 above 64 KB.
 */
export const rawBody = (event: HttpEvent): Buffer => {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length <= MAX_BODY_BYTES) return bytes;
  throw new TransportError(413, 'body-too-large', `A body may hold ${MAX_BODY_BYTES} bytes at most.`);
};

/** The request as it came. Throws 413 above 64 KB. */
export const rawRequest = (event: HttpEvent): RawRequest => {
  const bytes = rawBody(event);
  return {
    bytes,
    text: () => bytes.toString('utf8'),
    contentType: header(event, 'content-type')?.trim() ?? '',
    header: (name) => header(event, name.toLowerCase()),
    query: event.rawQueryString ?? '',
  };
};

const JSON_MEDIA_TYPE = /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

const brokenJson = (cause?: unknown): AppError =>
  new AppError('invalid', 'broken-json', 'The body is not JSON in UTF-8.', { cause });

/**
 * What JSON allows and no schema of ours looks at: keys that reach a prototype, text that is not Unicode, numbers
 * that became Infinity, nesting without end.
 */
const unsafePart = (value: unknown, path: readonly string[]): FieldError | undefined => {
  const here = path.join('.');
  if (path.length > MAX_DEPTH) return { path: here, message: 'is nested too deeply' };
  if (typeof value === 'string' && !value.isWellFormed())
    return { path: here, message: 'is not well-formed Unicode' };
  if (typeof value === 'number' && !Number.isFinite(value))
    return { path: here, message: 'is too large a number' };
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, part] of Object.entries(value)) {
    if (key === '__proto__') return { path: here, message: 'has a key that is not allowed' };
    const found = key.isWellFormed()
      ? unsafePart(part, [...path, key])
      : { path: here, message: 'has a broken key' };
    if (found) return found;
  }
  return undefined;
};

/** The body as JSON, undefined when there is none. Throws 413, 415, `broken-json`, `invalid-request`. */
export const jsonBody = (event: HttpEvent): unknown => {
  const bytes = rawBody(event);
  if (bytes.length === 0) return undefined;
  if (!JSON_MEDIA_TYPE.test(header(event, 'content-type')?.trim() ?? '')) {
    throw new TransportError(415, 'unsupported-media-type', 'Send the body as application/json.');
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw brokenJson(error);
  }
  const unsafe = unsafePart(value, ['body']);
  if (unsafe) throw invalid([unsafe]);
  return value;
};

/** Query parameters; one given twice is an error, since no reader could say which of them counts. */
export const queryParameters = (event: HttpEvent): Record<string, string> => {
  const found: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(event.rawQueryString ?? '')) {
    if (name === '__proto__') throw invalid([{ path: 'query', message: 'has a name that is not allowed' }]);
    if (name in found) throw invalid([{ path: `query.${name}`, message: 'is given more than once' }]);
    found[name] = value;
  }
  return { ...found };
};

/** The path's own parameters, decoded; what a greedy route adds is left out. */
export const pathParameters = (event: HttpEvent, path: string): Record<string, string> => {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  return Object.fromEntries(
    names.map((name) => {
      try {
        return [name, decodeURIComponent(event.pathParameters?.[name] ?? '')];
      } catch {
        throw invalid([{ path: `params.${name}`, message: 'is not percent-encoded UTF-8' }]);
      }
    }),
  );
};

const BEARER = /^bearer +(\S+)$/i;

/** Throws 401 `unauthenticated` when there is no bearer token. */
export const bearerToken = (event: HttpEvent): string => {
  const token = BEARER.exec(header(event, 'authorization')?.trim() ?? '')?.[1];
  if (token) return token;
  throw new AppError('unauthenticated', 'unauthenticated', 'Sign in: a bearer token is needed.');
};

const VERSION_TAG = /^(?:W\/)?"(\d{1,15})"$/;

/** Version in `If-Match: "<version>"`. `*` is refused: it would switch the check off. */
export const ifMatchVersion = (event: HttpEvent, need: 'required' | 'optional'): number | undefined => {
  const value = header(event, 'if-match')?.trim();
  if (value === undefined || value === '') {
    if (need === 'optional') return undefined;
    throw new AppError(
      'preconditionRequired',
      'if-match-required',
      'Say which version you change: If-Match.',
    );
  }
  const version = VERSION_TAG.exec(value)?.[1];
  if (version !== undefined) return Number(version);
  throw new AppError('invalid', 'invalid-if-match', 'If-Match holds one ETag of this API, for example "3".');
};

const VISIBLE_ASCII = /^[\x21-\x7e]{1,200}$/;

/** Throws `idempotency-key-required` unless the header holds 1 to 200 visible ASCII characters. */
export const idempotencyKeyHeader = (event: HttpEvent): string => {
  const key = header(event, 'idempotency-key')?.trim() ?? '';
  if (VISIBLE_ASCII.test(key)) return key;
  throw new AppError(
    'invalid',
    'idempotency-key-required',
    'Idempotency-Key: 1 to 200 visible ASCII characters, one key for each thing you want made.',
  );
};

const CORRELATION_ID = /^[\w.:/+=@-]{1,128}$/;

/** The caller's own correlation id when it is harmless in a log. */
export const correlationIdHeader = (event: HttpEvent): string | undefined => {
  const id = header(event, 'x-correlation-id')?.trim();
  return id !== undefined && CORRELATION_ID.test(id) ? id : undefined;
};
