import { MIMEType } from 'node:util';
import { AppError, type FieldError } from '../errors.ts';
import type { RawRequest } from './declaration.ts';
import { TransportError } from './problem.ts';
import { type HttpEvent, header, invalidRequest, wrongIn } from './request.ts';

export const MAX_BODY_BYTES = 64 * 1024;
/** Deeper than any schema of ours; a walk of what JSON.parse gives must not run out of stack. */
const MAX_DEPTH = 32;

const brokenJson = (cause?: unknown): AppError =>
  new AppError('invalid', 'broken-json', 'The body is not JSON in UTF-8.', { cause });

/**
 * The bytes the client sent. HTTP APIs hand over some bodies base64-encoded, a local gateway may not: this is the
 * only code that knows. Throws 413 above 64 KB, `broken-json` for text that was no text on its way.
 */
export const rawBody = (event: HttpEvent): Buffer => {
  const body = event.body ?? '';
  if (!event.isBase64Encoded && !body.isWellFormed()) throw brokenJson();
  const bytes = Buffer.from(body, event.isBase64Encoded ? 'base64' : 'utf8');
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

const mediaTypeOf = (event: HttpEvent): MIMEType | undefined => {
  try {
    return new MIMEType(header(event, 'content-type') ?? '');
  } catch {
    return undefined;
  }
};

/** By all the names that it has (WHATWG Encoding, section 4.2): `utf8` is one of them. */
const isUtf8 = (charset: string): boolean => {
  try {
    return new TextDecoder(charset).encoding === 'utf-8';
  } catch {
    return false;
  }
};

const unsupported = (detail: string): TransportError =>
  new TransportError(415, 'unsupported-media-type', detail);

const demandJson = (event: HttpEvent): void => {
  const type = mediaTypeOf(event);
  if (type?.essence !== 'application/json') throw unsupported('Send the body as application/json.');
  const charset = type.params.get('charset') ?? 'utf-8';
  if (!isUtf8(charset))
    throw unsupported('JSON is UTF-8 (RFC 8259): leave the charset away, or name that one.');
};

/**
 * What JSON allows and no schema of ours checks: keys that reach a prototype, text that is not Unicode or holds NUL,
 * numbers that became Infinity, nesting without end.
 */
const unsafePart = (value: unknown, path: readonly string[]): FieldError | undefined => {
  const here = path.join('.');
  if (path.length > MAX_DEPTH) return { path: here, message: 'is nested too deeply' };
  if (typeof value === 'string') {
    const message = wrongIn(value);
    return message === undefined ? undefined : { path: here, message };
  }
  if (typeof value === 'number' && !Number.isFinite(value))
    return { path: here, message: 'is too large a number' };
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, part] of Object.entries(value)) {
    if (key === '__proto__') return { path: here, message: 'has a key that is not allowed' };
    const found = wrongIn(key)
      ? { path: here, message: 'has a broken key' }
      : unsafePart(part, [...path, key]);
    if (found) return found;
  }
  return undefined;
};

/** The body as JSON, undefined when there is none. Throws 413, 415, `broken-json`, `invalid-request`. */
export const jsonBody = (event: HttpEvent): unknown => {
  const bytes = rawBody(event);
  if (bytes.length === 0) return undefined;
  demandJson(event);
  let value: unknown;
  try {
    // The decoder drops a byte order mark.
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw brokenJson(error);
  }
  const unsafe = unsafePart(value, ['body']);
  if (unsafe) throw invalidRequest([unsafe]);
  return value;
};
