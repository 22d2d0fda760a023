import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod';
import type { AnyAnswer, HttpDeclaration } from './declaration.ts';

const etagHeader = (etag: number | string): string =>
  typeof etag === 'string' && /^(W\/)?"/.test(etag) ? etag : `"${etag}"`;

/** An answer that breaks its own description. The message names paths, never values. */
const brokenAnswer = (declaration: HttpDeclaration, status: number, error?: z.ZodError): Error => {
  const paths = error?.issues.map((issue) => `${issue.path.join('.')} (${issue.code})`).join(', ');
  return new Error(
    `${declaration.method} ${declaration.path} ${status}: ${paths ?? 'status is not declared'}`,
  );
};

/**
 * The gateway's form of an answer. A JSON body goes through its schema, which drops whatever it does not name, so
 * that a new attribute of an item reaches nobody by accident (OWASP API3:2023).
 */
export const formatAnswer = (
  declaration: HttpDeclaration,
  answer: AnyAnswer,
): APIGatewayProxyStructuredResultV2 => {
  const { status, body, etag, headers } = answer;
  const schema = declaration.answers[status];
  const own = { ...headers, ...(etag !== undefined && { etag: etagHeader(etag) }) };
  if (schema === undefined) throw brokenAnswer(declaration, status);
  if (schema === null) return { statusCode: status, headers: own };
  if (!(schema instanceof z.ZodType)) {
    return {
      statusCode: status,
      headers: { 'cache-control': 'no-store', ...own, 'content-type': schema.contentType },
      body: String(body),
    };
  }
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw brokenAnswer(declaration, status, parsed.error);
  return {
    statusCode: status,
    headers: { 'cache-control': 'no-store', ...own, 'content-type': 'application/json' },
    body: JSON.stringify(parsed.data),
  };
};
