import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { AppError, type FieldError } from '../errors.ts';

export type HttpEvent = Pick<
  APIGatewayProxyEventV2,
  'headers' | 'cookies' | 'rawQueryString' | 'body' | 'isBase64Encoded' | 'requestContext'
>;

export const invalidRequest = (details: readonly FieldError[]): AppError =>
  new AppError('invalid', 'invalid-request', 'The request does not fit its description.', { details });

/** A header by its lower-case name. HTTP APIs send lower-case names; a local gateway may not. */
export const header = (event: HttpEvent, name: string): string | undefined => {
  const headers = event.headers ?? {};
  if (headers[name] !== undefined) return headers[name];
  const found = Object.keys(headers).find((each) => each.toLowerCase() === name);
  return found === undefined ? undefined : headers[found];
};

/** What no text of a request may hold; undefined when there is nothing of it. */
export const wrongIn = (text: string): string | undefined => {
  if (!text.isWellFormed()) return 'is not well-formed Unicode';
  return text.includes('\0') ? 'holds a NUL character' : undefined;
};

const percentDecoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

/** Query parameters; one given twice is an error, since no reader could say which of them counts. */
export const queryParameters = (event: HttpEvent): Record<string, string> => {
  const found: Record<string, string> = Object.create(null);
  if (percentDecoded(event.rawQueryString ?? '') === undefined) {
    throw invalidRequest([{ path: 'query', message: 'is not percent-encoded UTF-8' }]);
  }
  for (const [name, value] of new URLSearchParams(event.rawQueryString ?? '')) {
    if (name === '__proto__')
      throw invalidRequest([{ path: 'query', message: 'has a name that is not allowed' }]);
    const wrong = wrongIn(name) ? 'has a broken name' : wrongIn(value);
    if (wrong) throw invalidRequest([{ path: 'query', message: wrong }]);
    if (name in found) throw invalidRequest([{ path: `query.${name}`, message: 'is given more than once' }]);
    found[name] = value;
  }
  return { ...found };
};

/** Decodes the parameters of a path. */
export const pathParameters = (raw: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(raw).map(([name, value]) => {
      const decoded = percentDecoded(value);
      const wrong = decoded === undefined ? 'is not percent-encoded UTF-8' : wrongIn(decoded);
      if (wrong) throw invalidRequest([{ path: `params.${name}`, message: wrong }]);
      return [name, decoded as string];
    }),
  );

const BEARER = /^bearer +(\S+)$/i;

/** Throws 401 `unauthenticated` when there is no bearer token. */
export const bearerToken = (event: HttpEvent): string => {
  const token = BEARER.exec(header(event, 'authorization')?.trim() ?? '')?.[1];
  if (token) return token;
  throw new AppError('unauthenticated', 'unauthenticated', 'Sign in: a bearer token is needed.');
};

/** The hash that a reading answer adds says how the version was shown, which is no matter here. */
const VERSION_TAG = /^(?:W\/)?"(\d{1,15})(?:-[\w-]{1,22})?"$/;

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

/** Visible ASCII but the comma: that is what joins a header that was sent twice. */
const IDEMPOTENCY_KEY = /^[\x21-\x2b\x2d-\x7e]{1,128}$/;

/** Throws `idempotency-key-required` when there is none, `malformed-idempotency-key` when it is none. */
export const idempotencyKeyHeader = (event: HttpEvent): string => {
  const key = header(event, 'idempotency-key')?.trim() ?? '';
  if (IDEMPOTENCY_KEY.test(key)) return key;
  throw key === ''
    ? new AppError(
        'invalid',
        'idempotency-key-required',
        'Send Idempotency-Key: one key of your own for each thing you want made.',
      )
    : new AppError(
        'invalid',
        'malformed-idempotency-key',
        'Idempotency-Key: 1 to 128 visible ASCII characters without a comma, once.',
      );
};

const CORRELATION_ID = /^[\w.:/+=@-]{1,128}$/;

/** The caller's own correlation id when it is harmless in a log. */
export const correlationIdHeader = (event: HttpEvent): string | undefined => {
  const id = header(event, 'x-correlation-id')?.trim();
  return id !== undefined && CORRELATION_ID.test(id) ? id : undefined;
};
