/** What the local gateway answers by itself, as RFC 9457 problems with the product's own type and members. */
import { PROBLEM_TYPE_BASE, type Problem } from '../../lib/platform/http/problem.ts';

const REPEAT =
  'Whether it was done is not known: ask, or repeat it with the same Idempotency-Key, which does nothing twice.';

/** code → status, title, detail. */
const PROBLEMS = {
  'malformed-request': [400, 'Bad request', 'This is not an HTTP/1.1 request.'],
  'foreign-origin': [403, 'Not allowed', 'Pages of this origin may not call; see the parameter corsOrigins.'],
  'route-not-found': [404, 'Not found', 'There is nothing at this address.'],
  'method-not-allowed': [405, 'Method not allowed', 'Files of the console are read by GET and HEAD alone.'],
  'request-timeout': [408, 'Request timeout', 'The request was not received whole within 10 seconds.'],
  'body-too-large': [413, 'Body too large', 'The gateway takes no body of this size.'],
  'unknown-host': [421, 'Misdirected request', 'The local run answers to 127.0.0.1 and localhost only.'],
  'headers-too-large': [431, 'Header fields too large', 'The header fields are too large.'],
  internal: [500, 'Internal error', 'Something went wrong here; the log of the functions tells what.'],
  'functions-unreachable': [502, 'Bad gateway', `The functions do not answer. ${REPEAT}`],
  'timed-out': [503, 'Unavailable', `No answer came in time. ${REPEAT}`],
} as const satisfies Record<string, readonly [number, string, string]>;

export type ProblemCode = keyof typeof PROBLEMS;

export interface ProblemAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function problemAnswer(code: ProblemCode, requestId: string): ProblemAnswer {
  const [status, title, detail] = PROBLEMS[code];
  const problem: Problem = {
    type: `${PROBLEM_TYPE_BASE}${code}`,
    title,
    status,
    code,
    detail,
    instance: requestId,
  };
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': requestId,
      ...(status >= 502 && { 'retry-after': '1' }),
      ...(status === 405 && { allow: 'GET, HEAD' }),
    },
    body: JSON.stringify(problem),
  };
}

/** The same as bytes of HTTP/1.1, for a connection that has no response to write to. */
export function problemMessage(code: ProblemCode, requestId: string): string {
  const { statusCode, headers, body } = problemAnswer(code, requestId);
  const fields = { ...headers, connection: 'close', 'content-length': String(Buffer.byteLength(body)) };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${statusCode} ${PROBLEMS[code][1]}`, ...lines, '', body].join('\r\n');
}
