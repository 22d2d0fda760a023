import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Secrets } from './derive.ts';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Names the way it was sealed, so that another may follow. */
const VERSION = 'v1.';

/**
 * Encrypts what must be stored but read by nobody who only has the table. `aad` is the key of the item that will hold it:
 * a sealed value moved to another item does not open. AES-256-GCM under a random nonce (NIST SP 800-38D allows 2^32
 * of them under one key). Gives `v1.` and base64url of nonce, ciphertext and tag.
 */
export const seal = async (rt: Secrets, purpose: string, plain: string, aad: string): Promise<string> => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, await rt.secret(`seal:${purpose}`), nonce);
  cipher.setAAD(Buffer.from(aad));
  const sealed = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return VERSION + sealed.toString('base64url');
};

/** What `seal` was given. Throws when the text, its purpose or its place differs: the message contains neither. */
export const unseal = async (rt: Secrets, purpose: string, sealed: string, aad: string): Promise<string> => {
  const bytes = Buffer.from(sealed.slice(VERSION.length), 'base64url');
  if (!sealed.startsWith(VERSION) || bytes.length < NONCE_BYTES + TAG_BYTES) throw doesNotOpen();
  const key = await rt.secret(`seal:${purpose}`);
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(aad));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const plain = [decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()];
    return Buffer.concat(plain).toString('utf8');
  } catch {
    throw doesNotOpen();
  }
};

const doesNotOpen = (): Error => new Error('a sealed value does not open');
