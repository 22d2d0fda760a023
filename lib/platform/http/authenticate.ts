import { isApiKey, verifyApiKey } from '../auth/api-keys.ts';
import { type Caller, FRESH_PROOF_NEEDED, mayEnter, provedLately } from '../caller.ts';
import { AppError } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import type { HttpDeclaration } from './declaration.ts';
import { bearerToken, type HttpEvent } from './request.ts';

/** Three parts of base64url (RFC 7515, section 7.1). */
const COMPACT_JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

const verify = (rt: Runtime, token: string): Promise<Caller> => {
  if (isApiKey(token)) return verifyApiKey(rt, token);
  if (COMPACT_JWT.test(token)) return rt.verifyToken(token);
  throw new AppError(
    'unauthenticated',
    'malformed-token',
    'This is neither an access token nor a machine’s key. Send Authorization: Bearer and one of them whole.',
  );
};

/** Undefined at a public endpoint, which reads no token. Throws 401. */
export const authenticate = async (
  rt: Runtime,
  event: HttpEvent,
  access: HttpDeclaration['access'],
): Promise<Caller | undefined> => (access === 'public' ? undefined : verify(rt, bearerToken(event)));

/** Throws 403. */
export const authorise = (caller: Caller | undefined, access: HttpDeclaration['access']): void => {
  if (access === 'public' || (caller && mayEnter(caller, access))) return;
  throw new AppError('forbidden', 'forbidden', 'Your roles do not allow this.');
};

/** Throws 401 `fresh-proof-needed`: RFC 9470 prescribes that status, so that the client prompts the user and tries again. */
export const demandProof = (
  rt: Pick<Runtime, 'clock'>,
  caller: Caller | undefined,
  { freshProof }: Pick<HttpDeclaration, 'freshProof'>,
): void => {
  if (!freshProof || (caller && provedLately(caller, rt.clock.nowMs() / 1000))) return;
  throw new AppError(
    'unauthenticated',
    FRESH_PROOF_NEEDED,
    'This needs a proof of who you are that is not older than ten minutes: POST /v1/me/proof, and send the access token it answers.',
  );
};
