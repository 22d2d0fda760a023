import { createHash } from 'node:crypto';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod';
import { type AnyAnswer, type HttpDeclaration, locationAt } from './declaration.ts';

const HASH_CHARS = 11;

const versionTag = (etag: number | string): string =>
  typeof etag === 'string' && /^(W\/)?"/.test(etag) ? etag : `"${etag}"`;

/**
 * The version, as If-Match takes it; where a thing is read, with a hash of how it was shown: what depends on the reader or on the
 * hour changes without a new version, and "not modified" must not be said of it.
 */
const entityTag = ({ method }: HttpDeclaration, etag: number | string, text: string): string => {
  if (method !== 'GET') return versionTag(etag);
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, HASH_CHARS);
  return versionTag(etag).replace(/"$/, `-${hash}"`);
};

/** Whether the caller has it already: `*` or one of a list, compared weakly (RFC 9110, sections 8.8.3.2 and 13.1.2). */
export const hasSeen = (ifNoneMatch: string | undefined, etag: string): boolean => {
  if (ifNoneMatch?.trim() === '*') return true;
  const opaque = (tag: string): string => tag.replace(/^W\//, '');
  return (ifNoneMatch?.match(/(W\/)?"[\x21\x23-\x7e]*"/g) ?? []).some((tag) => opaque(tag) === opaque(etag));
};

/** `/v1/desks/{deskId}` → `/v1/desks/dsk_…` */
const locationOf = (template: string, body: unknown): string => {
  const values = body as Readonly<Record<string, unknown>>;
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])));
};

/** An answer that breaks its own description. The message names paths, never values. */
const brokenAnswer = (declaration: HttpDeclaration, status: number, error?: z.ZodError): Error => {
  const paths = error?.issues.map((issue) => `${issue.path.join('.')} (${issue.code})`).join(', ');
  return new Error(
    `${declaration.method} ${declaration.path} ${status}: ${paths ?? 'status is not declared'}`,
  );
};

const withoutCookies = (
  declaration: HttpDeclaration,
  answer: AnyAnswer,
  ifNoneMatch: string | undefined,
): APIGatewayProxyStructuredResultV2 => {
  const { status, body, etag, headers } = answer;
  const schema = declaration.answers[status];
  const versioned = (text: string): Record<string, string> =>
    etag === undefined ? {} : { etag: entityTag(declaration, etag, text) };
  if (schema === undefined) throw brokenAnswer(declaration, status);
  if (schema === null) return { statusCode: status, headers: { ...headers, ...versioned('') } };
  if (!(schema instanceof z.ZodType)) {
    return {
      statusCode: status,
      headers: {
        'cache-control': 'no-store',
        ...headers,
        ...versioned(String(body)),
        'content-type': schema.contentType,
      },
      body: String(body),
    };
  }
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw brokenAnswer(declaration, status, parsed.error);
  const text = JSON.stringify(parsed.data);
  const own: Record<string, string> = { 'cache-control': 'no-store', ...headers, ...versioned(text) };
  if (declaration.method === 'GET' && own.etag && hasSeen(ifNoneMatch, own.etag)) {
    return { statusCode: 304, headers: own };
  }
  const location = locationAt(declaration, status);
  return {
    statusCode: status,
    headers: {
      ...own,
      ...(location !== undefined && { location: locationOf(location, parsed.data) }),
      'content-type': 'application/json',
    },
    body: text,
  };
};

/**
 * The gateway's form of an answer. A JSON body goes through its schema, which drops whatever it does not name, so
 * that a new attribute of an item reaches nobody by accident (OWASP API3:2023). `ifNoneMatch`: the header of that name.
 */
export const formatAnswer = (
  declaration: HttpDeclaration,
  answer: AnyAnswer,
  ifNoneMatch?: string,
): APIGatewayProxyStructuredResultV2 => ({
  ...withoutCookies(declaration, answer, ifNoneMatch),
  ...(answer.cookies && { cookies: [...answer.cookies] }),
});
