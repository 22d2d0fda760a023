import type { HttpDeclaration } from '../http/declaration.ts';
import { STATUS_OF_KIND } from '../http/problem.ts';

/** Codes by status. */
export type ProblemCodes = Readonly<Record<number, readonly string[]>>;

type Rule = readonly [
  applies: (declaration: HttpDeclaration) => boolean,
  status: number,
  codes: readonly string[],
];

const always = (): boolean => true;
const isSignedIn = ({ access }: HttpDeclaration): boolean => access !== 'public';
const isWrite = ({ method }: HttpDeclaration): boolean => method !== 'GET';
const readsJson = ({ method, rawBody }: HttpDeclaration): boolean =>
  !rawBody && method !== 'GET' && method !== 'DELETE';
const readsBody = (declaration: HttpDeclaration): boolean =>
  declaration.rawBody === true || readsJson(declaration);
const isIdempotent = ({ idempotent }: HttpDeclaration): boolean => idempotent !== undefined;
const usesDevice = (declaration: HttpDeclaration): boolean =>
  isIdempotent(declaration) && declaration.access === 'public';
const usesIfMatch = ({ ifMatch }: HttpDeclaration): boolean => ifMatch !== undefined;
const hasSessionCookie = ({ sessionCookie }: HttpDeclaration): boolean => sessionCookie === true;
const isPaged = ({ query }: HttpDeclaration): boolean =>
  typeof query === 'object' && 'shape' in query && 'cursor' in (query.shape as object);

/** What the wrapper itself may answer, and when. */
const RULES: readonly Rule[] = [
  [always, 400, ['invalid-request']],
  [readsJson, 400, ['broken-json']],
  [isIdempotent, 400, ['idempotency-key-required', 'malformed-idempotency-key']],
  [usesDevice, 400, ['device-token-required', 'malformed-device-token']],
  [usesIfMatch, 400, ['invalid-if-match']],
  [isPaged, 400, ['invalid-cursor']],
  [hasSessionCookie, 400, ['invalid-session-mode']],
  [
    isSignedIn,
    401,
    [
      'unauthenticated',
      'malformed-token',
      'malformed-key',
      'token-invalid',
      'token-expired',
      'token-revoked',
    ],
  ],
  [({ freshProof }) => freshProof === true, 401, ['fresh-proof-needed']],
  [isSignedIn, 403, ['forbidden']],
  [hasSessionCookie, 403, ['cross-site']],
  [isWrite, 409, ['changed-meanwhile']],
  [usesIfMatch, 412, ['stale']],
  [readsBody, 413, ['body-too-large']],
  [readsJson, 415, ['unsupported-media-type']],
  [isIdempotent, 422, ['idempotency-key-reused']],
  [({ ifMatch }) => ifMatch === 'required', 428, ['if-match-required']],
  [always, 429, ['rate-limited']],
  [always, 500, ['internal']],
  [always, 503, ['unavailable', 'stored-shape-unknown']],
  [isSignedIn, 503, ['keys-unavailable', 'revocations-unavailable']],
  [isWrite, 503, ['store-unavailable']],
];

/** Every problem an endpoint may answer, those of the wrapper and its own. */
export const problemsOf = (declaration: HttpDeclaration): ProblemCodes => {
  const codes: Record<number, string[]> = {};
  const add = (status: number, code: string): void => {
    codes[status] = [...new Set([...(codes[status] ?? []), code])];
  };
  for (const [applies, status, own] of RULES) {
    if (applies(declaration)) for (const code of own) add(status, code);
  }
  for (const [code, kind] of Object.entries(declaration.problems ?? {})) add(STATUS_OF_KIND[kind], code);
  return codes;
};
