/** `scripts/new-module <name>`: makes an empty module. It refuses a name that is not one, or is taken. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { moduleFiles } from './module-files.ts';
import { nameProblem } from './module-name.ts';

const root = join(import.meta.dirname, '..');

const [name, ...more] = process.argv.slice(2);
if (name === undefined || more.length > 0) {
  console.error('usage: scripts/new-module <name>');
  process.exit(2);
}
const problem = nameProblem(root, name);
if (problem !== undefined) {
  console.error(`${name}: ${problem}`);
  process.exit(1);
}

for (const [path, text] of Object.entries(moduleFiles(name))) {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { flag: 'wx' });
  console.log(`made ${path}`);
}
console.log(`
It declares nothing yet and passes every check. CONTRIBUTING.md says how it gets
  an endpoint    "To add an endpoint"
  a consumer     "To consume an event"
  a table        "To store something"
and docs/architecture.md, "Where to begin reading", wants a row for it.`);
