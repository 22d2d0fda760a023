import * as z from 'zod';
import { type HttpDeclaration, locationAt } from '../http/declaration.ts';
import type { Reference } from './document.ts';
import type { JsonSchema } from './json-schema.ts';

const described = (description: string, schema: JsonSchema = { type: 'string' }): JsonSchema => ({
  description,
  schema,
});

/** What the platform itself sends, of every endpoint that has it. */
export const sharedHeaders: Readonly<Record<string, JsonSchema>> = {
  RequestId: described('Id of the request, to be quoted to the operator.'),
  RateLimitPolicy: described('Which limit counts, and how many requests it lets in: `"person";q=600;w=60`.'),
  RateLimit: described(
    'How many requests are left, and seconds until there are more: `"person";r=599;t=40`.',
  ),
  RetryAfter: described('Seconds to wait before another try.', { type: 'integer', minimum: 1 }),
  ETag: described(
    'The version, for If-Match; where a thing is read, also how it was shown, for If-None-Match.',
  ),
  Location: described('The address of the resource.'),
  SetCookie: described(
    'With `X-Session: cookie`: the refresh token, HttpOnly and SameSite=Strict; expired once the session has ended.',
  ),
};

type Headers = Readonly<Record<string, Reference>>;

const NAMES: Readonly<Record<string, string>> = {
  RequestId: 'X-Request-Id',
  RateLimitPolicy: 'RateLimit-Policy',
  RateLimit: 'RateLimit',
  RetryAfter: 'Retry-After',
  ETag: 'ETag',
  Location: 'Location',
  SetCookie: 'Set-Cookie',
};

const refer = (...headers: readonly string[]): Headers =>
  Object.fromEntries(
    headers.map((header) => [NAMES[header] ?? header, { $ref: `#/components/headers/${header}` }]),
  );

/** A thing with a version is sent with it. */
export const isVersioned = (schema: HttpDeclaration['answers'][number] | undefined): boolean =>
  schema instanceof z.ZodObject && 'version' in schema.shape;

/** Whether a GET may be answered "not modified". */
export const isConditional = ({ method, answers }: HttpDeclaration): boolean =>
  method === 'GET' && isVersioned(answers[200]);

export const successHeaders = (declaration: HttpDeclaration, status: number): Headers =>
  refer(
    'RequestId',
    'RateLimitPolicy',
    'RateLimit',
    ...(isVersioned(declaration.answers[status]) ? ['ETag'] : []),
    ...(declaration.sessionCookie ? ['SetCookie'] : []),
    ...(locationAt(declaration, status) !== undefined ? ['Location'] : []),
  );

export const notModifiedHeaders = (): Headers => refer('RequestId', 'RateLimitPolicy', 'RateLimit', 'ETag');

export const problemHeaders = (status: number): Headers =>
  refer('RequestId', ...(status === 429 || status === 503 ? ['RetryAfter'] : []));
