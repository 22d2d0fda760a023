import { FRESH_PROOF_NEEDED, FRESH_PROOF_SEC } from '../caller.ts';
import { AppError, type ErrorKind, type FieldError } from '../errors.ts';
import { CommitConflict } from '../storage/write.ts';

export const PROBLEM_TYPE_BASE = 'https://rotadesk.dev/problems/';

/** The edge's table: what went wrong → HTTP status (RFC 9110, RFC 6585). */
export const STATUS_OF_KIND: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  stale: 412,
  unprocessable: 422,
  preconditionRequired: 428,
  limited: 429,
  unavailable: 503,
};

export const TITLE_OF_STATUS: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  412: 'Changed meanwhile',
  413: 'Body too large',
  415: 'Unsupported media type',
  422: 'Cannot be done',
  428: 'If-Match required',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Unavailable',
};

/** Failures of HTTP itself, which no use case can have. */
export class TransportError extends Error {
  readonly status: 405 | 413 | 415;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: 405 | 413 | 415,
    code: string,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'TransportError';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** RFC 9457 problem details. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** The request's id, to be quoted to whoever runs the service. */
  readonly instance: string;
  readonly errors?: readonly FieldError[];
  /** Members of this problem's own: how many attempts are left, which challenge lives. */
  readonly [member: string]: unknown;
}

export interface Failure {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
  /** True when nobody foresaw it: the log gets the whole error, the caller nothing of it. */
  readonly unexpected: boolean;
}

const UNAVAILABLE_RETRY_SEC = 1;
const THROTTLING =
  /Throttl|ThroughputExceeded|RequestLimitExceeded|TooManyRequests|SlowDown|TransactionConflict/;

/** AWS throttled the request or did not answer at all: not our bug, and worth another try by the caller. */
const isPassing = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const { $fault, $retryable, code } = error as { $fault?: unknown; $retryable?: unknown; code?: unknown };
  if (THROTTLING.test(error.name) || $retryable !== undefined || $fault === 'server') return true;
  if (error.name === 'TimeoutError') return true;
  return (
    typeof code === 'string' && /^(ECONNRESET|ECONNREFUSED|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN)$/.test(code)
  );
};

/** Every error as the AppError or TransportError it maps to; undefined when it is unforeseen. */
const foreseen = (error: unknown): AppError | TransportError | undefined => {
  if (error instanceof AppError || error instanceof TransportError) return error;
  if (error instanceof CommitConflict) {
    return new AppError('conflict', 'changed-meanwhile', 'Somebody else changed this meanwhile. Try again.', {
      cause: error,
    });
  }
  if (!isPassing(error)) return undefined;
  return new AppError('unavailable', 'unavailable', 'The service is busy. Try again shortly.', {
    cause: error,
  });
};

/** RFC 6750, section 3, and RFC 9470, section 3. */
const reasonOf = (code: string): string => {
  if (code === 'unauthenticated') return '';
  return code === FRESH_PROOF_NEEDED
    ? `, error="insufficient_user_authentication", max_age="${FRESH_PROOF_SEC}"`
    : ', error="invalid_token"';
};

const headersOf = (status: number, error: AppError | TransportError): Record<string, string> => {
  if (status === 401) {
    return { 'www-authenticate': `Bearer realm="rotadesk"${reasonOf(error.code)}` };
  }
  if (error instanceof TransportError) return { ...error.headers };
  const { retryAfterSec } = error;
  if (retryAfterSec !== undefined) return { 'retry-after': String(retryAfterSec) };
  return status === 503 ? { 'retry-after': String(UNAVAILABLE_RETRY_SEC) } : {};
};

/** Translates any error for the caller. Nothing of an unforeseen one leaves the house but the request id. */
export const failureOf = (error: unknown, requestId: string): Failure => {
  const known = foreseen(error);
  const status = known ? (known instanceof AppError ? STATUS_OF_KIND[known.kind] : known.status) : 500;
  const code = known?.code ?? 'internal';
  const details = known instanceof AppError ? known.details : undefined;
  return {
    unexpected: known === undefined,
    headers: known ? headersOf(status, known) : {},
    problem: {
      ...(known instanceof AppError && known.members),
      type: `${PROBLEM_TYPE_BASE}${code}`,
      title: TITLE_OF_STATUS[status] ?? 'Error',
      status,
      code,
      detail: known?.message ?? `Something went wrong here. Quote ${requestId} to whoever runs this service.`,
      instance: requestId,
      ...(details && { errors: details }),
    },
  };
};
