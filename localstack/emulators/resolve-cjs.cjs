// Loaded before MiniStack's own code in each function's process: Lambda finds a handler in a `.cjs` file, MiniStack's
// loader looks for `.js` and `.mjs` only.
const Module = require('node:module');

Module._extensions['.cjs'] ??= Module._extensions['.js'];
