import { AppError, type ErrorKind } from '../errors.ts';

export interface RejectReason {
  readonly code: string;
  readonly message: string;
}

/** The edge's other table: kinds that no later delivery can mend. */
const PERMANENT: ReadonlySet<ErrorKind> = new Set(['invalid', 'missing', 'unprocessable']);

export type Verdict = { kind: 'reject'; reason: RejectReason } | { kind: 'retry' };

/** Permanent failures are rejected with the reason; everything else, known or not, is retried and ends in the DLQ. */
export const classifyFailure = (error: unknown): Verdict =>
  error instanceof AppError && PERMANENT.has(error.kind)
    ? { kind: 'reject', reason: { code: error.code, message: error.message } }
    : { kind: 'retry' };
