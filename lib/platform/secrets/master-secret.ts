import { hkdfSync } from 'node:crypto';
import type { Environment } from '../config.ts';

const SALT = 'rotadesk';
const KEY_BYTES = 32;
/** A shorter one is a mistake of whoever set it: 32 characters of a random alphabet hold more than 128 bits. */
const MIN_CHARS = 32;

/** The stage's own secret lies in Secrets Manager; only a run on a laptop and a test carry one in the environment. */
const readMaster = async (env: Environment): Promise<string> => {
  if (env.MASTER_SECRET) return env.MASTER_SECRET;
  if (!env.MASTER_SECRET_NAME) throw new Error('configuration is incomplete: MASTER_SECRET_NAME');
  // Loaded on first use: most invocations of most functions need no secret.
  const { readSecret } = await import('./secrets-manager.ts');
  return readSecret(env.MASTER_SECRET_NAME);
};

const checked = (master: string): string => {
  if (master.length >= MIN_CHARS) return master;
  throw new Error(`the master secret must have ${MIN_CHARS} characters at least`);
};

/**
 * HKDF-SHA256 of the master secret, 32 bytes, with the purpose as its info: whoever learns the key of one purpose
 * learns nothing of another. Source: RFC 5869.
 */
export const deriveKey = (master: string | Uint8Array, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', master, SALT, purpose, KEY_BYTES));

/** The master secret is read once per process, by its first use; a failed read is repeated. */
export const createSecrets = (env: Environment): ((purpose: string) => Promise<Buffer>) => {
  const keys = new Map<string, Buffer>();
  let master: Promise<string> | undefined;
  return async (purpose) => {
    const known = keys.get(purpose);
    if (known) return known;
    master ??= readMaster(env).then(checked);
    try {
      const key = deriveKey(await master, purpose);
      keys.set(purpose, key);
      return key;
    } catch (error) {
      master = undefined;
      throw error;
    }
  };
};
