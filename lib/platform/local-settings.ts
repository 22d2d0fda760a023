import type { Environment } from './config.ts';

/** What exists for the local run only, and would open a deployed stage. */
const LOCAL_ONLY = ['OUTBOUND_LOOPBACK', 'MASTER_SECRET'] as const;

const issuedNowhere = (issuer: string): boolean => /^https?:\/\/[^/]*\.invalid([:/]|$)/i.test(issuer);

/**
 * Throws Error when a process that works on real AWS was given settings of the local run: the keys of its tokens, the secret in
 * clear, or the way to servers on the same machine. Only the stand-ins and the emulators set AWS_ENDPOINT_URL.
 */
export const refuseLocalSettings = (env: Environment): void => {
  if (env.AWS_ENDPOINT_URL) return;
  const found = LOCAL_ONLY.filter((name) => env[name]);
  const names = issuedNowhere(env.AUTH_ISSUER ?? '') ? [...found, 'AUTH_ISSUER'] : found;
  if (names.length > 0) throw new Error(`settings of the local run on real AWS: ${names.join(', ')}`);
};
