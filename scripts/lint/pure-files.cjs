const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

/**
 * The files of `lib/` whose first line is `// @pure`: paths from `root`, with forward slashes. They decide and
 * compute; what they may import stands in .dependency-cruiser.cjs.
 */
const pureFiles = (root) =>
  readdirSync(join(root, 'lib'), { recursive: true, encoding: 'utf8' })
    .map((path) => `lib/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts'))
    .filter((path) => /^\/\/ @pure\r?\n/.test(readFileSync(join(root, path), 'utf8')));

module.exports = { pureFiles };
