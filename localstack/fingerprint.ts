import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './places.ts';

/** Changes whenever a file of the project that matches, its name, or `also` changes. */
export function fingerprint(patterns: readonly string[], also = ''): string {
  const hash = createHash('sha256').update(`${process.versions.node}\n${also}\n`);
  for (const file of globSync([...patterns], { cwd: projectRoot }).sort()) {
    hash.update(`${file}\n`).update(readFileSync(join(projectRoot, file)));
  }
  return hash.digest('hex').slice(0, 16);
}
