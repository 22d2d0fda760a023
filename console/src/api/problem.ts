/** Why a request came to nothing. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  /** HTTP status; 0: no answer came. */
  readonly status: number;
  /** The API's stable code; `no-answer` without an answer. */
  readonly code: string;
  readonly requestId: string | undefined;
  readonly retryAfterSec: number | undefined;

  constructor(
    fields: Pick<ApiProblem, 'status' | 'code' | 'message'> &
      Partial<Pick<ApiProblem, 'requestId' | 'retryAfterSec'>>,
  ) {
    super(fields.message);
    this.status = fields.status;
    this.code = fields.code;
    this.requestId = fields.requestId;
    this.retryAfterSec = fields.retryAfterSec;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const textIn = (value: unknown, key: string): string | undefined =>
  isObject(value) && typeof value[key] === 'string' ? value[key] : undefined;

/** @param body what openapi-fetch read of a refused request: problem details, or a proxy's own text. */
export const problemOf = (response: Response, body: unknown): ApiProblem => {
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ApiProblem({
    status: response.status,
    code: textIn(body, 'code') ?? `http-${response.status}`,
    message: textIn(body, 'detail') ?? textIn(body, 'title') ?? response.statusText,
    requestId: textIn(body, 'instance') ?? response.headers.get('x-request-id') ?? undefined,
    retryAfterSec: Number.isFinite(retryAfter) ? retryAfter : undefined,
  });
};

export const noAnswer = (cause: unknown): ApiProblem =>
  new ApiProblem({
    status: 0,
    code: 'no-answer',
    message: cause instanceof Error ? cause.message : 'no answer',
  });

/** Worth another try without a change: no answer, an overload, a fault of the server. */
export const isTransient = (problem: unknown): boolean =>
  problem instanceof ApiProblem && (problem.status === 0 || problem.status === 429 || problem.status >= 500);

export const isMissing = (problem: unknown): boolean =>
  problem instanceof ApiProblem && (problem.status === 404 || problem.status === 403);

export const isProblem = (problem: unknown, ...codes: readonly string[]): boolean =>
  problem instanceof ApiProblem && codes.includes(problem.code);
