import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROLES } from '../lib/platform/caller.ts';
import { namesIn } from './names-in.ts';

/** Names of functions and queues begin with it, and AWS takes 64 characters of them. */
const LONGEST = 20;

/** Event names of the platform itself begin with it (scripts/event-catalogue.ts); so do those of `audit`, which is taken. */
const OF_THE_PLATFORM: readonly string[] = ['auth'];

/**
 * Why a module cannot be called so; undefined when it can.
 * @param root the project's folder
 */
export const nameProblem = (root: string, name: string): string | undefined => {
  if (!/^[a-z]+(-[a-z]+)*$/.test(name) || name.length > LONGEST)
    return `a module's name is lower-case words with dashes between, ${LONGEST} letters at most`;
  if (['lib', 'functions'].some((folder) => existsSync(join(root, folder, name)))) return 'there is one';
  if (OF_THE_PLATFORM.includes(name)) return 'means something else in the platform';
  // `admin` is both, and so may others be.
  if (ROLES.some((role) => role === name)) return undefined;
  const files = globSync('lib/platform/**/*.ts', { cwd: root });
  const named = files.find((file) => namesIn(readFileSync(join(root, file), 'utf8'), [name]).length > 0);
  // The platform names no module (tests/unit/modules.test.ts): this word would look as if it did.
  return named === undefined ? undefined : `is a word of ${named}`;
};
