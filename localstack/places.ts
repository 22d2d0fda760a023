/** Where the local run keeps things. */
import { join, resolve } from 'node:path';

export const projectRoot = join(import.meta.dirname, '..');

/** ROTADESK_DATA, or `.local` in the project. */
export const dataDir = (): string => resolve(process.env.ROTADESK_DATA ?? join(projectRoot, '.local'));

/** Packaged templates outlive any data, and all local runs share them. */
export const cacheDir = (): string => join(projectRoot, '.local/cache');
