import { createHash } from 'node:crypto';
import { v7 } from 'uuid';

const hashed = (parts: readonly string[]): Uint8Array =>
  createHash('sha256').update(parts.join('\n')).digest().subarray(0, 16);

/**
 * A UUIDv8 (RFC 9562, 5.8: 122 bits of our own making) of SHA-256 over the parts, none of which can hold a line feed. The
 * same parts give the same one.
 */
export const derivedUuid = (...parts: readonly string[]): string => {
  const bytes = hashed(parts);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

/**
 * An id derived from what it identifies: the thing itself is the record of the request that made it, and no repeat,
 * however late, can make a second one.
 */
export const derivedId = (prefix: string, ...parts: readonly string[]): string =>
  `${prefix}_${derivedUuid(...parts)}`;

/** The same for what is listed by time: a UUIDv7 of that instant (milliseconds of the epoch), its other bits derived. */
export const derivedIdAt = (prefix: string, atMs: number, ...parts: readonly string[]): string =>
  `${prefix}_${v7({ msecs: atMs, random: hashed(parts) })}`;
