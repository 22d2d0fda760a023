import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const BYTES = 48;

/** The local stage's master secret; made on first use, readable by its owner alone, as old as the data it has sealed. */
export function masterSecret(directory: string): string {
  const file = join(directory, 'master-secret');
  mkdirSync(directory, { recursive: true });
  try {
    writeFileSync(file, randomBytes(BYTES).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8');
}
