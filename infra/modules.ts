import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Owns what there is once for all modules, and is deployed before the others. */
export const SHARED = 'platform';

/** A stack that is no module's: the console's files, and CloudFront in front of them and of the API. */
export const CONSOLE = 'console';

const FUNCTIONS = join(import.meta.dirname, '../functions');

/** Each folder of functions/ is a module: the shared one first, the others by name. */
export const moduleNames = (): string[] => {
  const folders = readdirSync(FUNCTIONS, { withFileTypes: true }).filter((each) => each.isDirectory());
  const others = folders.map(({ name }) => name).filter((name) => name !== SHARED);
  return [SHARED, ...others.toSorted()];
};
