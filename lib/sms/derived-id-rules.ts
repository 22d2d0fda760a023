import { createHash } from 'node:crypto';

/**
 * An id derived from what it stands for: a UUIDv8 (RFC 9562, 5.8: 122 bits of our own making) of SHA-256 over the parts,
 * none of which can hold a line feed. The same parts give the same id, so the thing itself is the record of the request
 * that made it, and no repeat can make a second one.
 */
export const derivedId = (prefix: string, ...parts: readonly string[]): string => {
  const bytes = createHash('sha256').update(parts.join('\n')).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  const groups = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return `${prefix}_${groups.join('-')}`;
};
