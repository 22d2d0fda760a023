/** What went wrong, in the words of the business. The edges translate: HTTP into a status, queues into reject or retry. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'missing'
  | 'conflict'
  | 'stale'
  | 'unprocessable'
  | 'preconditionRequired'
  | 'limited'
  | 'unavailable';

/** One broken field. `path` is dotted: `body.lines.0.text`. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

export interface ErrorOptions {
  readonly cause?: unknown;
  /** Shown to the caller as the problem's `errors`. */
  readonly details?: readonly FieldError[];
  /** Shown to the caller as `Retry-After`. */
  readonly retryAfterSec?: number;
  /** Shown to the caller as members of the problem beside the standard ones (RFC 9457, section 3.2). */
  readonly members?: Readonly<Record<string, string | number>>;
}

/**
 * The one expected error. `code` is stable, kebab-case and tested; `message` is shown to the caller as the
 * problem's `detail`, so it names no secret and no foreign thing.
 */
export class AppError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly details?: readonly FieldError[];
  readonly retryAfterSec?: number;
  readonly members?: Readonly<Record<string, string | number>>;

  constructor(kind: ErrorKind, code: string, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.kind = kind;
    this.code = code;
    if (options.details) this.details = options.details;
    if (options.retryAfterSec !== undefined) this.retryAfterSec = options.retryAfterSec;
    if (options.members) this.members = options.members;
  }
}
