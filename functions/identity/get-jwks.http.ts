import * as z from 'zod';
import { publishedKeys } from '../../lib/identity/keys/signing-keys.ts';
import { onHttp } from '../../lib/platform/http/on-http.ts';

const jwk = z.object({
  kid: z.string(),
  kty: z.string(),
  crv: z.string(),
  x: z.string(),
  y: z.string(),
  alg: z.string(),
  use: z.string(),
});

export const getJwksRoute = onHttp(
  {
    method: 'GET',
    path: '/.well-known/jwks.json',
    summary: 'Get the public keys of access tokens',
    description:
      'A JWK set (RFC 7517). A key is published half an hour before it signs and stays for a day after it last signed.',
    tag: 'sign-in',
    access: 'public',
    rate: 'service',
    answers: { 200: () => z.object({ keys: z.array(jwk) }) },
  },
  async ({ rt }) => ({
    status: 200,
    body: { keys: await publishedKeys(rt) },
    headers: { 'cache-control': 'public, max-age=300' },
  }),
);
