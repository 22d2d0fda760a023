/**
 * Sign-in for the local run only: a key that never leaves this machine, and tokens for the demo's people.
 * `npm run --silent token -- client` prints a token; `-- --jwks` prints the public key set; `-- --list` the people.
 */
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { calculateJwkThumbprint, importJWK, type JWK, SignJWT } from 'jose';
import { type Person, people, personNamed } from './people.ts';
import { dataDir } from './places.ts';

export const LOCAL_ISSUER = 'https://local.rotadesk.invalid';
export const LOCAL_AUDIENCE = 'rotadesk-local';
const DEFAULT_HOURS = 12;

/** The local signing key; made on first use, readable by its owner alone. */
async function signingKey(directory: string): Promise<JWK> {
  const file = join(directory, 'signing-key.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as JWK;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = privateKey.export({ format: 'jwk' }) as JWK;
  const signed = { ...key, kid: await calculateJwkThumbprint(key), alg: 'ES256', use: 'sig' };
  mkdirSync(directory, { recursive: true });
  try {
    writeFileSync(file, JSON.stringify(signed), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    // Somebody else was first: one key it must be.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return signingKey(directory);
    throw error;
  }
  return signed;
}

/** Public keys, as the verifier takes them in AUTH_JWKS. */
export async function localJwks(directory: string = dataDir()): Promise<string> {
  const { d: _private, ...publicKey } = await signingKey(directory);
  return JSON.stringify({ keys: [publicKey] });
}

export interface TokenOptions {
  readonly hours?: number;
  readonly directory?: string;
}

export async function localToken(of: Person, options: TokenOptions = {}): Promise<string> {
  const key = await signingKey(options.directory ?? dataDir());
  const nowSec = Math.floor(Date.now() / 1000);
  return new SignJWT({ roles: [...of.roles], auth_time: nowSec })
    .setProtectedHeader({ alg: 'ES256', ...(key.kid && { kid: key.kid }) })
    .setSubject(of.id)
    .setIssuer(LOCAL_ISSUER)
    .setAudience(LOCAL_AUDIENCE)
    .setIssuedAt(nowSec)
    .setExpirationTime(nowSec + Math.round((options.hours ?? DEFAULT_HOURS) * 3600))
    .sign(await importJWK(key, 'ES256'));
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { jwks: { type: 'boolean' }, list: { type: 'boolean' }, hours: { type: 'string' } },
  });
  if (values.jwks) return console.log(await localJwks());
  if (values.list) return console.table(people);
  const of = personNamed(positionals[0] ?? '');
  if (!of) {
    console.error(`usage: npm run --silent token -- <${Object.keys(people).join(' | ')}> [--hours 12]`);
    process.exitCode = 2;
    return;
  }
  console.log(await localToken(of, values.hours === undefined ? {} : { hours: Number(values.hours) }));
}

if (import.meta.main) void main();
