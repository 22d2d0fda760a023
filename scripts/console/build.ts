// `npm run console:build`: the console into console/dist, refused when a text is missing or a part has grown too large.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { overBudget, type Part, sizes } from './sizes.ts';

const root = join(import.meta.dirname, '../..');
const dist = join(root, 'console/dist');

/** Texts in the code that no catalogue holds would be shown as their hash. */
const checkTexts = (): void => {
  const lingui = join(root, 'node_modules/@lingui/cli/dist/lingui.js');
  const config = join(root, 'console/lingui.config.ts');
  for (const check of ['sync', 'missing'])
    execFileSync(process.execPath, [lingui, 'check', check, '--verbose', '--config', config], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
};

const line = ({ name, gzipBytes, limitBytes }: Part): string =>
  `  ${name.padEnd(48)} ${(gzipBytes / 1000).toFixed(1).padStart(7)} KB of ${limitBytes / 1000}`;

checkTexts();
// Whatever the caller's own is: another one would bring in React's development build.
process.env.NODE_ENV = 'production';
await build({ configFile: join(root, 'console/vite.config.ts'), logLevel: 'warn' });
const manifest: unknown = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
const parts = sizes(manifest, (file) => readFileSync(join(dist, file)));
console.log(`Script by parts, gzipped:\n${parts.map(line).join('\n')}`);
const tooLarge = overBudget(parts);
if (tooLarge.length > 0) {
  console.error(`Too large: ${tooLarge.map(({ name }) => name).join(', ')}`);
  process.exitCode = 1;
}
